using Trigger.Devices;
using Trigger.Jobs;

namespace Trigger.Node.Api;

/// <summary>A run that may be accepted: what, where, in which order.</summary>
/// <param name="Asked">A hash of who asked for what, in their own words; a time from now is the same words whenever it is said.</param>
internal sealed record RunDraft(RunSpec Spec, IReadOnlyList<NetDevice> Devices, RunEvent.DevicesChosen Chosen, string Asked);
