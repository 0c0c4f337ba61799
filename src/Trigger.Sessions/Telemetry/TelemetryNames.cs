namespace Trigger.Sessions.Telemetry;

/// <summary>
/// What spans, their attributes and the instruments are called: those of OpenTelemetry's semantic conventions where it has one, else names under <c>trigger.</c>. People build dashboards on
/// them, so they change as an interface does.
/// </summary>
public static class TelemetryNames
{
    /// <summary>The source of our spans, and the meter of our figures.</summary>
    public const string Source = "Trigger";

    /// <summary>A run, on the node that coordinates it.</summary>
    public const string Run = "run";

    /// <summary>A device of a run, on the node that coordinates it: from the wish to talk to it until that is over.</summary>
    public const string Task = "device task";

    /// <summary>A conversation with a device, on the node that talks to it.</summary>
    public const string Session = "device session";

    public const string Dial = "dial";

    public const string Login = "login";

    public const string Command = "command";

    // OpenTelemetry's own.
    public const string ErrorType = "error.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ProtocolName = "network.protocol.name";
    public const string HttpMethod = "http.request.method";
    public const string HttpRoute = "http.route";
    public const string HttpStatus = "http.response.status_code";
    public const string UrlPath = "url.path";
    public const string ClientAddress = "client.address";

    public const string Device = "trigger.device";
    public const string Vendor = "trigger.vendor";
    public const string Platform = "trigger.platform";

    /// <summary>Which node is to talk to a device.</summary>
    public const string Talker = "trigger.talker";

    public const string Conversation = "trigger.conversation";

    /// <summary>Of a run, an event: some node has taken the run over from another that did not finish it.</summary>
    public const string TakenOver = "trigger.run.taken_over";

    public const string RunId = "trigger.run.id";
    public const string RunDevices = "trigger.run.devices";
    public const string RunAccepted = "trigger.run.steps.accepted";
    public const string RunRefused = "trigger.run.steps.refused";
    public const string RunUnknown = "trigger.run.steps.unknown";

    /// <summary>Whether a run's span ended before the run did.</summary>
    public const string RunLeft = "trigger.run.left";

    /// <summary>A step's number in its run, from 0.</summary>
    public const string Step = "trigger.step";

    /// <summary>What was sent, where that is known to only read; what configures may have passwords in it.</summary>
    public const string CommandText = "trigger.command";

    public const string SessionsByState = "trigger.sessions.by_state";
    public const string State = "state";
    public const string DialDuration = "trigger.dial.duration";
    public const string LoginDuration = "trigger.login.duration";
    public const string SessionFaults = "trigger.session.faults";
}
