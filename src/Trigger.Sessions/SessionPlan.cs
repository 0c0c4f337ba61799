using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>Opens a line to a device. The listener hears from the line before or after this returns, on another thread.</summary>
public delegate ILine DialLine(NetDevice device, Platform platform, ILineObserver listener);

/// <summary>What every session of a node shares.</summary>
/// <param name="Dial">How lines are opened: the real wire, or a script in a test.</param>
/// <param name="Platforms">The definitions, also asked whose prompt an unknown one would be.</param>
/// <param name="Time">The clock.</param>
public sealed record SessionPlan(DialLine Dial, PlatformCatalog Platforms, TimeProvider Time);
