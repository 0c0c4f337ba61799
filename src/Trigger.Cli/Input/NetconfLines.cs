using Trigger.Sessions;
using Trigger.Sessions.Netconf;

namespace Trigger.Cli.Input;

/// <summary>NETCONF operations to run. What they name as files is read here: a run's record holds all that was sent.</summary>
internal static class NetconfLines
{
    // A journal row and a message to every device; configurations beyond it belong in a file that the server fetches by URL.
    private const int Longest = 4 * 1024 * 1024;

    /// <param name="input">Standard input when it is not a terminal, else null.</param>
    public static IReadOnlyList<string> Gather(IEnumerable<string> given, IEnumerable<string> files, TextReader? input, Mistakes mistakes)
    {
        var operations = new List<string>();
        foreach (var text in given)
            Take(text, "-c", operations, mistakes);

        foreach (var file in files)
        {
            if (Read(file, $"-f {file}", mistakes) is { } content)
                TakeAll(content, file, operations, mistakes);
        }

        if (operations.Count == 0 && !mistakes.Any && input is not null)
            TakeAll(input.ReadToEnd(), "standard input", operations, mistakes);
        if (operations.Count == 0 && !mistakes.Any)
            mistakes.Add("There is no operation to run. Give it with -c 'get-config running', in a file with -f, or on standard input.");
        return operations;
    }

    // One operation as XML over many lines, or one short one a line.
    private static void TakeAll(string content, string place, List<string> operations, Mistakes mistakes)
    {
        if (content.TrimStart('\uFEFF', ' ', '\t', '\r', '\n') is ['<', ..] xml)
        {
            Take(xml, place, operations, mistakes);
            return;
        }

        var number = 0;
        foreach (var line in content.Split('\n'))
        {
            number++;
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
                Take(text, $"{place}:{number}", operations, mistakes);
        }
    }

    private static void Take(string text, string place, List<string> operations, Mistakes mistakes)
    {
        if (Filled(text.Trim(), place, mistakes) is not { } whole)
            return;

        try
        {
            _ = NetconfStep.Parse(whole);
            if (whole.Length > Longest)
                mistakes.Add($"{place}: the operation has {whole.Length} characters; at most {Longest} can be sent.");
            else
                operations.Add(whole);
        }
        catch (FormatException wrong)
        {
            mistakes.Add($"{place}: '{Quoted.Command(text)}': {wrong.Message}");
        }
    }

    // "edit-config candidate change.xml": the third word is a file unless it is XML.
    private static string? Filled(string text, string place, Mistakes mistakes)
    {
        var words = text.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        var takesXml = words is ["edit-config" or "get-config", _, _] || words is ["get", _, ..];
        if (!takesXml)
            return text;

        var last = words is ["get", ..] ? text["get".Length..].Trim() : words[2];
        if (last.StartsWith('<'))
            return text;

        var content = Read(last, place, mistakes);
        return content is null ? null : $"{text[..^last.Length]}{content.Trim('\uFEFF', ' ', '\t', '\r', '\n')}";
    }

    private static string? Read(string file, string place, Mistakes mistakes)
    {
        try
        {
            return file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{place}: {failure.Message}");
            return null;
        }
    }
}
