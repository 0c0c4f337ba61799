namespace Trigger.Cli.Cluster;

/// <summary>A node could not be asked, or refused.</summary>
internal sealed class ClusterProblemException : Exception
{
    /// <param name="mayPass">Whether asking again later may do better.</param>
    public ClusterProblemException(string message, bool mayPass)
        : base(message)
    {
        MayPass = mayPass;
        Mistakes = [message];
    }

    public ClusterProblemException(IReadOnlyList<string> mistakes)
        : base(string.Join(' ', mistakes)) => Mistakes = mistakes;

    public bool MayPass { get; }

    /// <summary>Everything that was wrong, each as a sentence.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}
