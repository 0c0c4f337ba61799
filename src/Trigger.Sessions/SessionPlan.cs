using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Sessions.Recording;
using Trigger.Sessions.Telemetry;
using Trigger.Wire;
using Trigger.Wire.Netconf;

namespace Trigger.Sessions;

/// <summary>Opens a line to a device. The listener hears from the line before or after this returns, on another thread.</summary>
public delegate ILine DialLine(NetDevice device, Platform platform, ILineObserver listener);

/// <summary>Opens a NETCONF session with a device.</summary>
/// <exception cref="NetconfException">It did not come about.</exception>
public delegate Task<NetconfSession> OpenNetconf(NetDevice device, Platform platform, Credentials credentials, CancellationToken cancel);

/// <summary>What every session of a node shares.</summary>
/// <param name="Dial">How lines are opened: the real wire, or a script in a test.</param>
/// <param name="Platforms">The definitions, also asked whose prompt an unknown one would be.</param>
/// <param name="Time">The clock.</param>
/// <param name="LoginLimit">How long connecting, the handshake, the login and raising the privilege may take, each; null for the platforms' own limits.</param>
public sealed record SessionPlan(DialLine Dial, PlatformCatalog Platforms, TimeProvider Time, TimeSpan? LoginLimit = null)
{
    /// <summary>How NETCONF sessions are opened; null where there are none.</summary>
    public OpenNetconf? Netconf { get; init; }

    /// <summary>What sessions count and measure; null where nobody keeps figures.</summary>
    public SessionFigures? Figures { get; init; }

    /// <summary>Writes down the conversations that want it (<see cref="SessionCommand.Converse.Recording"/>); null where nothing is recorded.</summary>
    public SessionRecorder? Recorder { get; init; }

    /// <summary>How the line of a conversation is opened.</summary>
    internal DialLine DialFor(SessionCommand.Converse request) => request.Recording is { } run && Recorder is { } recorder ? recorder.Around(Dial, run) : Dial;

    /// <summary>The platform's definition, with this plan's limits. Null when there is none of that name.</summary>
    public Platform? PlatformOf(NetDevice device)
    {
        if (!Platforms.TryGet(device.Platform, out var platform) || LoginLimit is not { } limit)
            return platform;

        return platform with { Limits = platform.Limits with { Dial = limit, Handshake = limit, Login = limit, Enable = limit } };
    }
}
