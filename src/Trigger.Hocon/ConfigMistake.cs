namespace Trigger.Hocon;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Problem">What is wrong and what would be right, as a sentence without the place.</param>
public sealed record ConfigMistake(ConfigOrigin Origin, string Problem)
{
    public override string ToString() => $"{Origin}: {Problem}";
}
