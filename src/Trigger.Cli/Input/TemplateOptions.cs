using System.CommandLine;
using Trigger.Parsing;
using Trigger.Parsing.TextFsm;

namespace Trigger.Cli.Input;

/// <summary>Where TextFSM templates are.</summary>
internal sealed class TemplateOptions
{
    // Trigger's own name, ntc-templates', Netmiko's and Trigger's of old, in that order.
    private static readonly string[] Variables = ["TRIGGER_TEMPLATES", "NTC_TEMPLATES_DIR", "NET_TEXTFSM", "TEXTFSM_TEMPLATE_DIR"];

    private readonly Option<string[]> folders = new("--templates")
    {
        Description = "A folder of TextFSM templates, such as a copy of ntc-templates; may be repeated, the first that knows a command is asked. "
            + $"Default: ${string.Join(", $", Variables)}, ~/.config/trigger/templates, /etc/trigger/templates.",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command) => command.Add(folders);

    public OutputParsers Load(ParseResult line, Mistakes mistakes)
    {
        var parsers = new OutputParsers();
        foreach (var folder in line.GetValue(folders) is { Length: > 0 } named ? named : Default())
        {
            try
            {
                parsers.With(TemplateIndex.Open(folder));
            }
            catch (Exception wrong) when (wrong is TemplateException or IOException or UnauthorizedAccessException)
            {
                mistakes.Add(wrong.Message);
            }
        }

        return parsers;
    }

    private static string[] Default()
    {
        var named = Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return named is not null ? [named] : [.. Places.Templates()];
    }
}
