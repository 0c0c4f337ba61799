using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Kernel.Actor;

namespace Trigger.Sessions.Rehearsals;

/// <summary>
/// Plays a written dialogue through the talk that <see cref="DeviceSession"/> holds with a device (the same reader, login, enabling and answering), with the device's part
/// cut into pieces at will, and without actor, wire or clock: the device is silent exactly when its part has nothing more to say.
/// </summary>
public sealed class Rehearsal
{
    private readonly Platform platform;
    private readonly Dialogue dialogue;
    private readonly Conversation talk;
    private readonly RehearsedDevice device;
    private readonly RehearsedSteps steps;
    private readonly List<string> seen = [];
    private readonly List<string> mistakes = [];
    private readonly Dictionary<int, string> modes = [];
    private Func<bool, bool> phase;
    private bool over;

    private Rehearsal(Platform platform, Dialogue dialogue, Pieces pieces)
    {
        this.platform = platform;
        this.dialogue = dialogue;
        steps = new RehearsedSteps(dialogue, platform.OnClose, platform.PagerAnswer);
        var target = new NetDevice
        {
            Name = "rehearsal", Host = "rehearsal", Vendor = platform.Vendor, Manufacturer = platform.Vendor, DeviceType = "ROUTER", Platform = platform.Id, Protocol = dialogue.Way,
            AdminStatus = "PRODUCTION", Fields = FrozenDictionary<string, string?>.Empty, Source = dialogue.Name,
        };
        var credentials = new Credentials(RehearsedDevice.User, new Secret(RehearsedDevice.Password), new Secret(RehearsedDevice.EnablePassword));
        var request = new SessionCommand.Converse(
            new ConversationId("rehearsal"), [.. steps.All.Select((step, number) => new Step(number, step.Command))], credentials, ActorRefs.Nobody, StopAtError: false);
        talk = new Conversation(request, Hear, target, platform, call: 0);
        device = new RehearsedDevice(dialogue, pieces, platform.Echo, dialogue.Way == Protocol.Telnet ? platform.TelnetLineEnd : platform.LineEnd);
        talk.Connect(device, new LineListener(ActorRefs.Nobody, call: 0));
        phase = LoggingIn;
    }

    /// <summary>Plays it once.</summary>
    public static RehearsalReport Play(Platform platform, Dialogue dialogue, Pieces pieces)
    {
        var rehearsal = new Rehearsal(platform, dialogue, pieces);
        rehearsal.Play();
        return new RehearsalReport(rehearsal.seen, rehearsal.mistakes, rehearsal.device.LongestSpeech);
    }

    private void Play()
    {
        device.Begin();
        while (!over && device.Mistake is null && mistakes.Count == 0)
        {
            var silent = !device.HasWords;
            if (!silent)
                talk.Reader.Read(device.Listen().Span);
            if (phase(silent) || device.HasWords)
                continue;

            // Nothing more comes, and what is there was not enough to act on: the silence itself may be.
            if (!silent && phase(true))
                continue;
            if (!over && !device.HasWords)
            {
                mistakes.Add($"{dialogue.Name}:{device.Line}: the session waits for more at {Quoted.Text(talk.Reader.Tail())}.");
                return;
            }
        }

        if (device.Mistake is { } wrong)
            mistakes.Add(wrong);
        else if (mistakes.Count == 0 && device.ExpectsMore)
            mistakes.Add($"{dialogue.Name}:{device.Line}: the session ended before the dialogue did.");
        Finish();
    }

    // Each phase takes one look at the screen, and says whether it did something; "settled" means that the device is silent.
    private bool LoggingIn(bool settled)
    {
        switch (talk.Login.Next(settled))
        {
            case LoginMove.TypeUserName:
                talk.Keyboard.Line(talk.LoginName);
                talk.Login.UserNameTyped(talk.LoginName);
                return Did("login: typed the user name");
            case LoginMove.TypePassword:
                talk.Keyboard.Line(talk.LoginPassword!);
                talk.Login.PasswordTyped();
                return Did("login: typed the password");
            case LoginMove.Answer answer:
                talk.Keyboard.Answer(answer.Question);
                talk.Login.Answered();
                return Did($"login: answered a question with {Quoted.Text(answer.Question.Answer)}");
            case LoginMove.Refused refused:
                return Wrong($"the login was taken for refused at {Quoted.Text(refused.Received)}");
            case LoginMove.AtPrompt at:
                talk.Reader.Believe(at.Prompt);
                Did($"login: at the prompt {Quoted.Text(at.Prompt.Text)} of mode {platform.Modes[at.Prompt.Depth].Name}");
                return at.Prompt.Depth < talk.WorkDepth && platform.Enable is { } dialogue ? BeginEnable(dialogue) : Prepare();
            default:
                return false;
        }
    }

    private bool BeginEnable(EnableDialogue enable)
    {
        talk.BeginEnable(enable);
        talk.Keyboard.Command(enable.Send);
        phase = Enabling;
        return Did($"enable: typed {Quoted.Text(enable.Send)}");
    }

    private bool Enabling(bool settled)
    {
        switch (talk.Enable.Next(settled))
        {
            case LoginMove.TypeUserName:
                talk.Keyboard.Line(talk.Credentials.UserName);
                talk.Enable.UserNameTyped(talk.Credentials.UserName);
                return Did("enable: typed the user name");
            case LoginMove.TypePassword:
                talk.Keyboard.Line(talk.EnablePassword!);
                talk.Enable.PasswordTyped();
                return Did("enable: typed the enable password");
            case LoginMove.Refused refused:
                return Wrong($"raising the privilege was taken for refused at {Quoted.Text(refused.Received)}");
            case LoginMove.AtPrompt at:
                talk.Reader.Believe(at.Prompt);
                return Prepare();
            default:
                return false;
        }
    }

    private bool Prepare()
    {
        if (talk.Prepared == platform.OnOpen.Count)
        {
            talk.Report.LoggedIn();
            phase = Running;
            return Continue();
        }

        talk.Keyboard.Command(platform.OnOpen[talk.Prepared]);
        phase = Preparing;
        return Did($"prepare: typed {Quoted.Text(platform.OnOpen[talk.Prepared])}");
    }

    private bool Preparing(bool settled)
    {
        if (!talk.Reader.MovedOn)
            return false;
        switch (talk.Reader.Look())
        {
            case Sighting.Pages:
                talk.Keyboard.TurnPage(platform.PagerAnswer);
                return Did("turned a page");
            case Sighting.Prompt prompt when settled || (prompt.Depth >= talk.WorkDepth && platform.Echo && talk.Reader.Answer().Echoed):
                talk.Reader.Believe(prompt);
                talk.Prepared++;
                return Prepare();
            default:
                return false;
        }
    }

    private bool Running(bool settled)
    {
        var at = talk.At;
        switch (talk.Answering.Next(settled, TimeSpan.Zero))
        {
            case AnswerMove.Complete or AnswerMove.GiveUp { Fault: DeviceFault.Skipped }:
                modes[at] = ModeOf(talk.Reader.Prompt);
                return Continue();
            case AnswerMove.GiveUp end:
                return Wrong(end.Fault.ToString()!);
            default:
                return false;
        }
    }

    private bool Continue()
    {
        if (talk.HasStep)
            talk.Keyboard.Command(talk.Step.Line);
        else if (device.ExpectsMore && platform.OnClose.Length > 0)
            Leave();
        else
            over = !device.HasWords;
        phase = talk.HasStep ? Running : Leaving;
        return true;
    }

    private void Leave()
    {
        talk.Keyboard.Command(platform.OnClose);
        Did($"left with {Quoted.Text(platform.OnClose)}");
    }

    private bool Leaving(bool settled)
    {
        if (settled || talk.Report.Prove(talk.Reader.Answer()))
            over = !device.HasWords;
        return true;
    }

    private void Finish()
    {
        if (talk.Report.Holds && !talk.Report.Prove(talk.Reader.Answer()))
            talk.Report.Deliver();
        for (var i = 0; i < steps.All.Count && mistakes.Count == 0; i++)
        {
            var mode = modes.GetValueOrDefault(i, "");
            var wanted = steps.All[i].Mode.Length > 0 ? steps.All[i].Mode : platform.WorkMode;
            if (mode != wanted)
                mistakes.Add($"{dialogue.Name}:{steps.All[i].Line}: after {Quoted.Text(steps.All[i].Command)} the session sees mode '{mode}' and not '{wanted}'.");
        }
    }

    private void Hear(SessionFact fact)
    {
        switch (fact)
        {
            case SessionFact.Answered answered:
                Judge(steps.All[answered.Step], refused: null, answered.Output);
                break;
            case SessionFact.Refused refused:
                Judge(steps.All[refused.Step], refused.Fault, refused.Output);
                break;
        }
    }

    private void Judge(RehearsedSteps.Wanted wanted, DeviceFault? refused, string output)
    {
        Did(refused is null ? $"{Quoted.Text(wanted.Command)}: answered, {output.AsSpan().Count('\n')} lines" : $"{Quoted.Text(wanted.Command)}: refused: {refused.Text}");
        if (wanted.Refused != refused is not null)
            mistakes.Add($"{dialogue.Name}:{wanted.Line}: {Quoted.Text(wanted.Command)} was {(refused is null ? "taken for answered" : $"taken for refused ({refused})")}.");
        else if (wanted.Output is { } text && text.TrimEnd('\n') != output.TrimEnd('\n'))
            mistakes.Add($"{dialogue.Name}:{wanted.Line}: the answer to {Quoted.Text(wanted.Command)} was read as {Quoted.Text(output)} and not as {Quoted.Text(text)}.");
    }

    private string ModeOf(string prompt) => platform.Modes.FirstOrDefault(mode => mode.Prompt.IsMatch(prompt))?.Name ?? "";

    private bool Did(string what)
    {
        seen.Add(what);
        return true;
    }

    private bool Wrong(string what)
    {
        mistakes.Add($"{dialogue.Name}:{device.Line}: {what}.");
        return true;
    }
}
