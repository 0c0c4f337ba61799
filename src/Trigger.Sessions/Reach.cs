using Trigger.Devices;

namespace Trigger.Sessions;

/// <summary>What the keeper of sessions is sent: a command, and the device whose session it is for. The sender hears the session's facts.</summary>
public sealed record Reach(NetDevice Device, SessionCommand Command);
