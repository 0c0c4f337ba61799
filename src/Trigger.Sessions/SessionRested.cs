using Trigger.Devices;

namespace Trigger.Sessions;

/// <summary>A session tells its router that its line is gone.</summary>
internal sealed record SessionRested(NetDevice Device);
