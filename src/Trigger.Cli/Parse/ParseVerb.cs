using System.Buffers;
using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Cli.Output;
using Trigger.Parsing;
using Trigger.Parsing.TextFsm;

namespace Trigger.Cli.Parse;

/// <summary><c>trigger parse</c>: what a device printed, as a table, without a device.</summary>
internal sealed class ParseVerb
{
    private readonly Argument<string[]> files = new("file") { Description = "Texts that a device printed; '-' or nothing: standard input.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> template = new("--template") { Description = "A TextFSM template of your own, instead of looking one up.", HelpName = "FILE" };
    private readonly Option<string?> platform = new("--platform") { Description = "The platform that printed it, as the templates name it: cisco_ios, arista_eos, …", HelpName = "PLATFORM" };
    private readonly Option<string?> command = new("--command", "-c") { Description = "The command that was answered.", HelpName = "TEXT" };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line for each file." };
    private readonly Option<bool> csv = new("--csv") { Arity = ArgumentArity.Zero, Description = "Comma-separated values with a header." };
    private readonly TemplateOptions templates = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ParseVerb();
        var parse = new Command("parse", "Makes a table of what a device printed, by TextFSM templates.") { verb.files, verb.template, verb.platform, verb.command, verb.json, verb.csv };
        verb.templates.AddTo(parse);
        parse.SetAction(verb.Act);
        examples.Add(parse, "trigger parse --templates ~/ntc-templates --platform cisco_ios -c 'show ip interface brief' answer.txt\ntrigger parse --template mine.textfsm answer.txt --json");
        return parse;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var parse = Parser(line, mistakes);
        if (line.GetValue(json) && line.GetValue(csv))
            mistakes.Add("--json and --csv are two answers to one question; give one.");
        var texts = Texts(line, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        var worst = ExitCode.AllWell;
        var header = true;
        foreach (var (file, text) in texts)
        {
            var parsed = parse(text);
            if (Reason(parsed) is { } why)
            {
                Console.Error.WriteLine($"trigger: {file}: {why}");
                worst = ExitCode.SomeFailed;
            }

            Write(line, file, parsed, ref header);
        }

        return worst;
    }

    private Func<string, Parsed> Parser(ParseResult line, Mistakes mistakes)
    {
        if (line.GetValue(template) is { } own)
        {
            if (line.GetValue(platform) is not null || line.GetValue(command) is not null)
                mistakes.Add("--template names the template, so --platform and --command have nothing to say.");
            return Own(own, mistakes);
        }

        var parsers = templates.Load(line, mistakes);
        if (line.GetValue(platform) is not { Length: > 0 } id || line.GetValue(command) is not { Length: > 0 } asked)
        {
            mistakes.Add("which template? Give --template FILE, or --platform ID and --command TEXT to look one up.");
            return _ => new Parsed.Unknown("");
        }

        return text => parsers.Parse(id, asked, text);
    }

    private static Func<string, Parsed> Own(string path, Mistakes mistakes)
    {
        try
        {
            var read = Template.ReadFile(path);
            var parsers = new OutputParsers().With("*", ".*", read.Parse);
            return text => parsers.Parse("", "", text);
        }
        catch (Exception wrong) when (wrong is TemplateException or IOException or UnauthorizedAccessException)
        {
            mistakes.Add(wrong.Message);
            return _ => new Parsed.Unknown("");
        }
    }

    private List<(string File, string Text)> Texts(ParseResult line, Mistakes mistakes)
    {
        var read = new List<(string, string)>();
        foreach (var file in line.GetValue(files) is { Length: > 0 } named ? named : ["-"])
        {
            try
            {
                read.Add((file, file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file)));
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                mistakes.Add($"{file}: {wrong.Message}");
            }
        }

        return read;
    }

    private void Write(ParseResult line, string file, Parsed parsed, ref bool header)
    {
        if (line.GetValue(json))
        {
            WriteJson(file, parsed);
        }
        else if (line.GetValue(csv) && parsed is Parsed.Table { Rows: var table })
        {
            if (header)
                ParsedText.WriteCsvHeader(Console.Out, table, ["file"]);
            header = false;
            ParsedText.WriteCsv(Console.Out, table, [file]);
        }
        else if (!line.GetValue(csv))
        {
            ParsedText.Write(Console.Out, parsed);
        }
    }

    private static void WriteJson(string file, Parsed parsed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var to = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            to.WriteStartObject();
            to.WriteString("file", file);
            ParsedJson.Write(to, parsed);
            to.WriteEndObject();
        }

        using var output = Console.OpenStandardOutput();
        output.Write(buffer.WrittenSpan);
        output.WriteByte((byte)'\n');
    }

    private static string? Reason(Parsed parsed) => parsed switch
    {
        Parsed.Unknown unknown => unknown.Why,
        Parsed.Refused refused => refused.Why,
        _ => null,
    };
}
