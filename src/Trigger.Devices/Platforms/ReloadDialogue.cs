namespace Trigger.Devices.Platforms;

/// <summary>A planned restart as the last way back: the device comes up with what was saved before the change.</summary>
public sealed record ReloadDialogue(IReadOnlyList<string> Schedule, IReadOnlyList<string> Cancel)
{
    /// <summary>Questions of these commands, and what to answer.</summary>
    public IReadOnlyList<ChangeAnswer> Answers { get; init; } = [];
}
