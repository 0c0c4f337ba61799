using System.CommandLine;
using Trigger.Cli.Output;

namespace Trigger.Cli.Input;

/// <summary>Whether answers are made into tables.</summary>
internal sealed class ParseOptions
{
    private readonly Option<bool> parse = new("--parse") { Arity = ArgumentArity.Zero, Description = "Make tables of answers by TextFSM templates (--templates); JSON and XML that a device speaks itself is taken as it is." };
    private readonly TemplateOptions templates = new();

    public void AddTo(Command command)
    {
        command.Add(parse);
        templates.AddTo(command);
    }

    public bool IsAsked(ParseResult line) => line.GetValue(parse);

    /// <summary>Leaves outcomes as they are unless <c>--parse</c> was given.</summary>
    public Func<ResultLine, ResultLine> Load(ParseResult line, Mistakes mistakes)
    {
        if (!IsAsked(line))
            return result => result;
        var parsers = templates.Load(line, mistakes);
        return result => result.Ok ? result with { Parsed = parsers.Parse(result.Platform, result.Command, result.Answer) } : result;
    }
}
