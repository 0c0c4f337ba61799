using System.CommandLine;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Cli.Loading;
using Trigger.Devices.Settings;
using Trigger.Node;

namespace Trigger.Cli.Settings;

/// <summary><c>trigger config</c>: the settings, and where each was made.</summary>
internal static class ConfigVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var config = new Command("config", "Shows and checks the settings.") { Show(examples), Check(examples), Reference(examples) };
        examples.Add(config, "trigger config show\ntrigger config check ~/.config/trigger/trigger.conf\ntrigger config reference > ~/.config/trigger/trigger.conf");
        return config;
    }

    private static Command Show(Dictionary<Command, string> examples)
    {
        var path = new Argument<string?>("path") { Description = "Only what begins so, such as run or run.parallel.", HelpName = "SETTING", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
        var show = new Command("show", "Shows what counts, and where each value was written.") { path, json };
        show.SetAction(line =>
        {
            // A place may be written with a password in it.
            var found = Below(Configured.Settings.All.Select(value => value with { Values = [.. value.Values.Select(RunRecords.Shown)] }), line.GetValue(path));
            if (found.Count == 0)
            {
                Console.Error.WriteLine($"trigger: there is no setting {line.GetValue(path)}. See: trigger config show");
                return ExitCode.BadInput;
            }

            if (line.GetValue(json))
                WriteJson(found);
            else
                WriteText(found);
            foreach (var mistake in Configured.Settings.Mistakes)
                Console.Error.WriteLine($"trigger: {mistake}");
            return Configured.Settings.Mistakes.Count == 0 ? ExitCode.AllWell : ExitCode.BadInput;
        });
        examples.Add(show, "trigger config show\ntrigger config show run\ntrigger config show --json | jq -r 'select(.default|not).setting'");
        return show;
    }

    private static Command Check(Dictionary<Command, string> examples)
    {
        var file = new Argument<string[]>("file") { Description = "Default: those that count.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrMore };
        var check = new Command("check", "Says all that is wrong with a file of settings. Exit code: 0 nothing, 2 something.") { file };
        check.SetAction(line =>
        {
            var named = line.GetValue(file) is { Length: > 0 } given ? given : null;
            var settings = named is null ? Configured.Settings : Configured.Load(named);
            var mistakes = new Mistakes();
            mistakes.Add(settings.Mistakes);
            mistakes.Add(NodeSettings.Check(settings));
            _ = LoadSettings.Read(settings, mistakes);
            foreach (var mistake in mistakes.All)
                Console.Error.WriteLine($"trigger: {mistake}");
            if (mistakes.Any)
                return ExitCode.BadInput;

            Console.WriteLine(settings.Files.Count == 0 ? "there is no file of settings; the defaults count" : $"{string.Join(", ", settings.Files)}: nothing is wrong");
            return ExitCode.AllWell;
        });
        examples.Add(check, "trigger config check\ntrigger config check ./trigger.conf");
        return check;
    }

    private static Command Reference(Dictionary<Command, string> examples)
    {
        var reference = new Command("reference", "Prints every setting with its default and what it is for, as a file to begin with.");
        reference.SetAction(_ => Console.Write(TriggerSettings.Reference));
        examples.Add(reference, "trigger config reference | less");
        return reference;
    }

    private static List<SettingValue> Below(IEnumerable<SettingValue> all, string? path)
    {
        if (path is null or "trigger")
            return [.. all];

        var whole = path.StartsWith("trigger.", StringComparison.Ordinal) ? path : $"trigger.{path}";
        return [.. all.Where(value => value.Path == whole || value.Path.StartsWith(whole.TrimEnd('.') + '.', StringComparison.Ordinal))];
    }

    private static void WriteText(List<SettingValue> values)
    {
        var lines = values.ConvertAll(value => (Text: $"{value.Path} = {Written(value)}", value.From));
        var width = Math.Min(60, lines.Max(line => line.Text.Length));
        foreach (var (text, from) in lines)
            Console.WriteLine($"{text.PadRight(width)}  # {from}");
    }

    private static string Written(SettingValue value) =>
        value.IsList ? $"[{string.Join(", ", value.Values.Select(text => $"\"{text}\""))}]"
        : value.Values is not [var text] ? "null"
        : value.Kind is SettingKind.Path or SettingKind.Text ? $"\"{text}\""
        : text;

    private static void WriteJson(List<SettingValue> values)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var value in values)
        {
            using (var json = new Utf8JsonWriter(output))
            {
                json.WriteStartObject();
                json.WriteString("setting", value.Path);
                if (value.IsList)
                {
                    json.WriteStartArray("value");
                    foreach (var text in value.Values)
                        json.WriteStringValue(text);
                    json.WriteEndArray();
                }
                else
                {
                    json.WriteString("value", value.Values is [var text] ? text : null);
                }

                json.WriteBoolean("default", value.IsDefault);
                json.WriteString("from", value.From);
                json.WriteEndObject();
            }

            output.WriteByte((byte)'\n');
        }
    }
}
