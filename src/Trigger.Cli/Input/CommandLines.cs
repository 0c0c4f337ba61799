namespace Trigger.Cli.Input;

/// <summary>The commands to run: given as words, by <c>-c</c>, read from files, or piped in.</summary>
internal static class CommandLines
{
    private const int Longest = 4096;

    /// <param name="input">Standard input when it is not a terminal, else null.</param>
    public static IReadOnlyList<string> Gather(IEnumerable<string> given, IEnumerable<string> files, TextReader? input, Mistakes mistakes)
    {
        var commands = new List<string>();
        foreach (var text in given)
            Take(text.Split('\n'), "-c", commands, mistakes);

        foreach (var file in files)
        {
            try
            {
                Take(file == "-" ? Lines(Console.In) : File.ReadAllLines(file), file, commands, mistakes);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                mistakes.Add($"-f {file}: {failure.Message}");
            }
        }

        if (commands.Count == 0 && !mistakes.Any && input is not null)
            Take(Lines(input), "standard input", commands, mistakes);
        if (commands.Count == 0 && !mistakes.Any)
            mistakes.Add("There is no command to run. Give it with -c 'show version', in a file with -f, or on standard input.");
        return commands;
    }

    private static IEnumerable<string> Lines(TextReader from)
    {
        while (from.ReadLine() is { } line)
            yield return line;
    }

    // Blank lines are for the reader of the file. A line that begins with '!' or '#' is a comment to every CLI that we know.
    public static void Take(IEnumerable<string> lines, string place, List<string> commands, Mistakes mistakes)
    {
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var text = line.TrimEnd();
            if (text.Length == 0 || text.TrimStart()[0] is '!' or '#')
                continue;

            if (text.Length > Longest)
                mistakes.Add($"{place}:{number}: the command has {text.Length} characters; at most {Longest} can be typed.");
            else if (text.Any(char.IsControl))
                mistakes.Add($"{place}:{number}: the command holds a control character; only printable text can be typed.");
            else
                commands.Add(text);
        }
    }
}
