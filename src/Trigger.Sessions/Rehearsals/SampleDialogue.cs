using Trigger.Devices;
using Trigger.Devices.Platforms;

namespace Trigger.Sessions.Rehearsals;

/// <summary>A dialogue composed of a definition's own samples: what a device would say if the samples are all that it says.</summary>
public static class SampleDialogue
{
    private const string Host = "core-1.ams";

    public static Dialogue Of(Platform platform)
    {
        var composing = new Composing(platform);
        composing.Compose();
        return new Dialogue($"the samples of {platform.Id}", $"composed from the samples of {platform.Id}", Protocol.Telnet, composing.Moves);
    }

    private sealed class Composing(Platform platform)
    {
        private readonly PlatformSamples samples = platform.Samples;
        private bool marked;

        public List<DialogueMove> Moves { get; } = [];

        private PlatformMode Work => platform.Modes.First(mode => mode.Name == platform.WorkMode);

        public void Compose()
        {
            LogIn();
            foreach (var command in platform.OnOpen)
                Command(command, marks: true);
            Moves.Add(new DialogueMove.Ready(Line));
            if (samples.Reads.Count > 0)
                Answered(samples.Reads[0], "a line of the answer", refused: false);
            Answered(samples.Reads.Count > 0 ? samples.Reads[^1] : "help", Filled(samples.Error), refused: platform.Failures.Count > 0 || platform.StatusOk is not null);
            Configure();
        }

        private int Line => Moves.Count + 1;

        private void LogIn()
        {
            Say(Filled(samples.Banner), whole: true);
            if (samples.UserName.Length > 0)
            {
                Say(Filled(samples.UserName), whole: false);
                Moves.Add(new DialogueMove.Types(Line, "{user}" + platform.UserNameSuffix));
            }

            Say(Filled(samples.Password), whole: false);
            Moves.Add(new DialogueMove.Types(Line, "{password}"));
            var raises = platform.Enable is not null && platform.Modes[0] != Work;
            Prompt(raises ? platform.Modes[0] : Work);
            if (raises)
                Enable(platform.Enable!);
        }

        private void Enable(EnableDialogue enable)
        {
            Moves.Add(new DialogueMove.Types(Line, enable.Send));
            if (samples.EnablePassword.Length > 0)
            {
                Say(Filled(samples.EnablePassword), whole: false);
                Moves.Add(new DialogueMove.Types(Line, "{enable}"));
            }

            Prompt(Work);
        }

        private void Command(string command, bool marks)
        {
            Moves.Add(new DialogueMove.Types(Line, command));
            marked |= marks && samples.StatusPrompt.Length > 0;
            Prompt(Work);
        }

        private void Answered(string command, string answer, bool refused)
        {
            Moves.Add(new DialogueMove.Types(Line, command));
            Say(answer + "\r\n", whole: true);
            Prompt(Work, status: refused ? "127" : "0");
            Moves.Add(new DialogueMove.Outcome(Line, refused, ""));
        }

        private void Configure()
        {
            var deepest = platform.Modes[^1];
            if (platform.Configure is not { Enter.Length: > 0 } configure || deepest == Work)
                return;
            Moves.Add(new DialogueMove.Types(Line, configure.Enter));
            Prompt(deepest);
            Moves.Add(new DialogueMove.Outcome(Line, Refused: false, deepest.Name));
            Moves.Add(new DialogueMove.Types(Line, configure.Leave));
            Prompt(Work);
            Moves.Add(new DialogueMove.Outcome(Line, Refused: false, ""));
        }

        private void Prompt(PlatformMode mode, string status = "0") =>
            Say(marked ? samples.StatusPrompt.Replace("%s", status, StringComparison.Ordinal) : Filled(mode.Shown), whole: false);

        private void Say(string text, bool whole)
        {
            if (text.Length > 0)
                Moves.Add(new DialogueMove.Says(Line, text, whole));
        }

        private static string Filled(string sample) => sample
            .Replace("%h", Host, StringComparison.Ordinal)
            .Replace("%u", "{user}", StringComparison.Ordinal)
            .Replace("%c", "frobnicate", StringComparison.Ordinal);
    }
}
