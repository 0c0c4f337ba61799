using Trigger.Parsing;

namespace Trigger.Cli.Output;

/// <summary>One outcome for a person's eyes.</summary>
internal static class ResultText
{
    /// <summary>A heading, the fault if there was one, and the output.</summary>
    public static void Write(TextWriter to, ResultLine result)
    {
        to.WriteLine($"=== {result.Device} · {result.Command} · {result.Verdict} · {result.ElapsedMicroseconds / 1000.0:0.0} ms{(result.Notes is { Telnet: true } ? " · over Telnet" : "")}");
        if (result.FaultText is { } fault)
            to.WriteLine($"!!! {result.FaultKind}: {fault}");
        if (result.Parsed is Parsed.Table or Parsed.Json or Parsed.Xml)
        {
            ParsedText.Write(to, result.Parsed);
            return;
        }

        if (result.Parsed is Parsed.Refused { Why: var why })
            to.WriteLine($"??? not parsed: {why}");
        foreach (var answer in result.Notes?.Answers ?? [])
            to.WriteLine($"??? {answer.Question}: {(answer.Aborted ? "taken back" : answer.Answer is { } said ? $"answered '{said}'" : "answered")} by {answer.By}");
        if (result.Output.Length > 0)
            to.Write(Marked(result));
    }

    /// <summary>The output, with a mark before each line that is the device's log and no answer.</summary>
    internal static string Marked(ResultLine result)
    {
        var whole = result.Output.EndsWith('\n') ? result.Output : result.Output + "\n";
        if (result.Notes?.LogLines is not { Count: > 0 } logs)
            return whole;

        var marked = logs.ToHashSet();
        return string.Join('\n', whole.Split('\n').Select((line, number) => marked.Contains(number) ? $"~log~ {line}" : line));
    }

    /// <summary>One line.</summary>
    public static string Brief(ResultLine result) => result.Ok
        ? $"ok      {result.Device}  {result.Command}  {result.ElapsedMicroseconds / 1000.0:0.0} ms"
        : $"{(result.Verdict == "unknown" ? "unknown" : "failed ")} {result.Device}  {result.Command}  {result.FaultKind}: {result.FaultText}";
}
