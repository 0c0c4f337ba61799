using System.CommandLine;
using Trigger.Parsing;
using Trigger.Parsing.TextFsm;

namespace Trigger.Cli.Input;

/// <summary>Where TextFSM templates are.</summary>
internal sealed class TemplateOptions
{
    private readonly Option<string[]> folders = new("--templates")
    {
        Description = "A folder of TextFSM templates, such as a copy of ntc-templates; may be repeated, the first that knows a command is asked. Default: the settings', ~/.config/trigger/templates, /etc/trigger/templates.",
        HelpName = "DIR",
    };

    public void AddTo(Command command) => command.Add(folders);

    public OutputParsers Load(ParseResult line, Mistakes mistakes)
    {
        var parsers = new OutputParsers();
        foreach (var folder in line.GetValue(folders) is { Length: > 0 } named ? named : Places.Templates())
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
}
