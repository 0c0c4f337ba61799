using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Kernel.Actor;
using Trigger.Wire;

namespace Trigger.Sessions.Detection;

/// <summary>One visit to one device.</summary>
internal sealed class DetectionVisit : ILineObserver
{
    private const int MostProbes = 4;
    private const int MostPages = 40;
    private const int LongestLogin = 64 * 1024;

    // A prompt nobody knows is a line after which nothing comes. Slow devices pause within their greetings.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    // The known prompt at the end is proof enough after a moment.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly Channel<object> news = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DialLine dial;
    private readonly TimeProvider time;
    private readonly NetDevice device;
    private readonly Credentials credentials;
    private readonly CancellationToken over;
    private readonly Platform unknown;
    private readonly Conversation talk;
    private readonly List<Regex> pagers;
    private readonly StringBuilder login = new();
    private ILine? line;
    private bool closed;

    public DetectionVisit(DialLine dial, PlatformCatalog catalog, TimeProvider time, NetDevice device, Credentials credentials, CancellationToken over)
    {
        this.dial = dial;
        this.time = time;
        this.device = device;
        this.credentials = credentials;
        this.over = over;
        unknown = catalog.Unknown;
        // Any vendor's: "<--- More --->" ends like a prompt.
        pagers = [.. catalog.Ids.Select(id => catalog.Get(id).Pager).OfType<Regex>().DistinctBy(pager => pager.ToString())];
        Notes = new DetectionNotes(catalog, device.Protocol);
        var request = new SessionCommand.Converse(new ConversationId("detect"), [new Step(0, "")], credentials, ActorRefs.Nobody, StopAtError: false);
        talk = new Conversation(request, static _ => { }, device, unknown, call: 0);
    }

    private sealed class Quietness;

    private sealed record Gone(WireFault? Why);

    public DetectionNotes Notes { get; }

    public List<string> Sent { get; } = [];

    public DeviceFault? Fault { get; set; }

    public string Heard => talk.Heard();

    public async Task Run()
    {
        line = dial(device, unknown, this);
        talk.Connect(line, new LineListener(ActorRefs.Nobody, call: 0));
        if (!await LogIn())
            return;

        Notes.LoginText = login.ToString();
        Notes.Prompt = talk.Reader.Prompt;
        while (Sent.Count < MostProbes && !Notes.IsNamed && Notes.NextProbe() is { } probe)
        {
            if (!await Ask(probe))
                return;
        }
    }

    /// <summary>Says goodbye without a command: nobody knows yet what the command would be.</summary>
    public void Leave() => line?.Close();

    public void Authenticating(LineGreeting greeting) => news.Writer.TryWrite(greeting);

    public void Opened(LineGreeting greeting)
    {
        if (greeting.InsteadOfSsh)
            news.Writer.TryWrite(greeting);
    }

    public void Received(ReadOnlyMemory<byte> bytes) => news.Writer.TryWrite(bytes);

    public void Closed(WireFault? fault) => news.Writer.TryWrite(new Gone(fault));

    private async Task<bool> LogIn()
    {
        while (true)
        {
            switch (await Next(Quiet))
            {
                case LineGreeting { InsteadOfSsh: true }:
                    talk.FellBack();
                    continue;
                case LineGreeting greeting:
                    Notes.Identification = greeting.ServerVersion;
                    login.Append(greeting.Banner).Append('\n');
                    line!.Authenticate(credentials.ForLine(device));
                    continue;
                case Gone gone:
                    return Lost(gone, "logging in");
                case Quietness:
                    if (Move(talk.Login.Next(settled: true)) is { } done)
                        return done;
                    continue;
                default:
                    // Every move waits for silence: until the platform is known no text is what was expected next.
                    continue;
            }
        }
    }

    private bool? Move(LoginMove move)
    {
        var name = credentials.NameOn(device);
        switch (move)
        {
            case LoginMove.TypeUserName when name.Length == 0:
                return Failed(new DeviceFault.CredentialMissing("a user name", "Set TRIGGER_USERNAME."));
            case LoginMove.TypeUserName:
                talk.Keyboard.Line(name);
                talk.Login.UserNameTyped(name);
                return null;
            case LoginMove.TypePassword when talk.LoginPassword is null:
                return Failed(new DeviceFault.CredentialMissing("a password", "Set TRIGGER_PASSWORD, or the row's loginPW."));
            case LoginMove.TypePassword:
                talk.Keyboard.Line(talk.LoginPassword!);
                talk.Login.PasswordTyped();
                return null;
            case LoginMove.Answer answer:
                talk.Keyboard.Answer(answer.Question);
                talk.Login.Answered();
                return null;
            case LoginMove.Refused refused:
                return Failed(new DeviceFault.LoginRefused(name, talk.Mask(refused.Received)));
            case LoginMove.AtPrompt at:
                talk.Reader.Believe(at.Prompt);
                talk.Report.LoggedIn();
                return true;
            default:
                return null;
        }
    }

    private async Task<bool> Ask(string probe)
    {
        Sent.Add(probe);
        talk.Keyboard.Command(probe);
        var pages = 0;
        while (true)
        {
            var paging = talk.Reader.MovedOn && pagers.Exists(talk.Reader.EndsWith);
            var atPrompt = !paging && talk.Reader.MovedOn && talk.Reader.Look() is Sighting.Prompt { Ours: true };
            switch (await Next(atPrompt ? Moment : Quiet))
            {
                case Gone gone:
                    return Lost(gone, $"waiting for the answer to '{probe}'");
                case Quietness when paging && pages++ < MostPages:
                    talk.Keyboard.TurnPage(" ");
                    continue;
                case Quietness when atPrompt:
                    Notes.Answered(probe, talk.Reader.Answer().Body);
                    return true;
                default:
                    if (talk.Reader.Length > unknown.Limits.Output)
                        return Failed(new DeviceFault.TooMuchOutput(probe, unknown.Limits.Output));
                    continue;
            }
        }
    }

    /// <summary>The next thing that happens on the line, or <see cref="Quietness"/> after so long a silence. Bytes are on the screen when this returns.</summary>
    private async Task<object> Next(TimeSpan silence)
    {
        // Each wait has a mark of its own: one that came too late for its wait must not end the next.
        var mark = new Quietness();
        using var quiet = time.CreateTimer(_ => news.Writer.TryWrite(mark), null, silence, Timeout.InfiniteTimeSpan);
        while (true)
        {
            var one = await news.Reader.ReadAsync(over);
            if (one is Quietness && !ReferenceEquals(one, mark))
                continue;
            if (one is ReadOnlyMemory<byte> bytes)
            {
                if (Notes.Prompt.Length == 0 && login.Length < LongestLogin)
                    login.Append(Encoding.UTF8.GetString(bytes.Span));
                talk.Reader.Read(bytes.Span);
            }

            return one;
        }
    }

    private bool Lost(Gone gone, string during)
    {
        closed = true;
        return Failed(FaultOf.Line(gone.Why, during, credentials.UserName, talk.Heard()));
    }

    private bool Failed(DeviceFault fault)
    {
        Fault = fault;
        if (!closed)
            line?.Abort();
        return false;
    }
}
