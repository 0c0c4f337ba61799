using Trigger.Devices;
using Trigger.Jobs;

namespace Trigger.Node.Api;

/// <summary>A run that may be accepted: what, where, in which order.</summary>
internal sealed record RunDraft(RunSpec Spec, IReadOnlyList<NetDevice> Devices, RunEvent.DevicesChosen Chosen);
