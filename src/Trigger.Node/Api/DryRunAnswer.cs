using Trigger.Devices.Platforms;
using Trigger.Jobs;

namespace Trigger.Node.Api;

/// <summary>What a run would send where.</summary>
/// <param name="Approval">Whether somebody else must approve it first.</param>
internal sealed record DryRunAnswer(IReadOnlyList<DryRunAnswer.Device> Devices, bool Approval)
{
    /// <param name="Batch">From 0.</param>
    internal sealed record Device(string Name, string Platform, int Batch, IReadOnlyList<Command> Commands);

    /// <param name="Changes">Whether it may change something, and so is sent at most once.</param>
    internal sealed record Command(string Send, bool Changes)
    {
        /// <summary>Of a change: to which part of it the line belongs.</summary>
        public ChangePart? Part { get; init; }
    }

    public static DryRunAnswer Of(RunDraft draft, PlatformCatalog platforms) => new([.. draft.Chosen.Devices.Select(device => new Device(
        device.Name, device.Platform, device.Batch,
        draft.Spec.Change is null
            ? [.. Enumerable.Range(0, draft.Spec.CommandsOf(device).Count).Select(step => Of(draft.Spec, device, step, platforms.Get(device.Platform)))]
            : [.. ChangePlanning.Course(draft.Spec, device).SelectMany(part => part.Lines.Select(line => new Command(line, part.Part != ChangePart.Verify && !platforms.Get(device.Platform).MayRepeat(line)) { Part = part.Part }))]))], draft.Spec.Policy?.Approval == true);

    private static Command Of(RunSpec spec, ChosenDevice device, int number, Platform platform)
    {
        var step = spec.Step(device, number);
        return new Command(step.Line, step.Answers is not null || !RunDrafting.Reads(spec.Language, platform, step.Line));
    }
}
