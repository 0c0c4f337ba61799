namespace Trigger.Lab.Clustering;

/// <summary>How a node's way to the database misbehaves. Numbers are probabilities per call, 0 by default.</summary>
public sealed record StoreFaults
{
    /// <summary>The call never reaches the database.</summary>
    public double RequestLost { get; init; }

    /// <summary>The database does it, and nobody hears.</summary>
    public double ReplyLost { get; init; }

    /// <summary>The way there, or back, takes up to <see cref="Longest"/>; the database may do it after the node gave up waiting.</summary>
    public double Slow { get; init; }

    /// <summary>Default 15 seconds.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a node waits for an answer. Default 4 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(4);
}
