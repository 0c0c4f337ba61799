using Trigger.Devices.Platforms;

namespace Trigger.Sessions;

/// <summary>What the last line looks like.</summary>
internal abstract record Sighting
{
    /// <summary>Nothing that waits for us.</summary>
    public static readonly Sighting Nothing = new None();

    /// <summary>A pager's question.</summary>
    public static readonly Sighting Pager = new Pages();

    private Sighting() { }

    /// <summary>Stands for the prompt that a device owes when it has hung up instead.</summary>
    public static Prompt WorkPrompt(int depth) => new(depth, "", "", Status: null, Ours: true);

    /// <param name="Depth">Index into <see cref="Platform.Modes"/>.</param>
    /// <param name="Status">What a shell's prompt says of the last command, or null.</param>
    /// <param name="Ours">Whether it is the same host's prompt as the one believed before.</param>
    public sealed record Prompt(int Depth, string Text, string Host, string? Status, bool Ours) : Sighting;

    public sealed record Asks(Question Question) : Sighting;

    private sealed record None : Sighting;

    public sealed record Pages : Sighting;
}
