using System.CommandLine;
using System.Xml;
using Trigger.Cli.Input;
using Trigger.Wire.Netconf.Model;

namespace Trigger.Cli.Netconf;

/// <summary>Options that several operations share, and XML from a file, from standard input, or as typed.</summary>
internal static class NetconfInput
{
    public static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    public static Option<bool> Flag(string name, string description) => new(name) { Arity = ArgumentArity.Zero, Description = description };

    /// <summary>The text itself when it begins with '&lt;', else a file's; - and nothing mean standard input.</summary>
    public static string? Xml(string what, string? given, Mistakes mistakes)
    {
        if (given?.TrimStart().StartsWith('<') == true)
            return given;

        if (given is null or "-")
        {
            if (Console.IsInputRedirected)
                return Console.In.ReadToEnd();

            mistakes.Add($"There is no {what}. Name a file, or give it on standard input.");
            return null;
        }

        try
        {
            return File.ReadAllText(given);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{given}: {failure.Message}");
            return null;
        }
    }

    /// <summary>Reads XML into something, or notes where it is wrong.</summary>
    public static T? Read<T>(string? xml, string? place, Func<string, T> read, Mistakes mistakes)
        where T : class
    {
        if (xml is null)
            return null;

        try
        {
            return read(xml);
        }
        catch (XmlException broken)
        {
            mistakes.Add($"{(place is null or "-" ? "standard input" : place.TrimStart().StartsWith('<') ? "the XML" : place)}: {broken.Message}");
            return null;
        }
    }

    public static T? Word<T>(string option, string? word, Mistakes mistakes)
        where T : struct, Enum
    {
        if (word is null)
            return null;

        if (Enum.TryParse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) && !char.IsAsciiDigit(word[0]))
            return value;

        mistakes.Add($"{option} is '{word}'; it must be one of {string.Join(", ", Enum.GetNames<T>().Select(Dashed))}.");
        return null;
    }

    /// <summary>"prefix=uri", several.</summary>
    public static NetconfFilter? Filter(string? subtree, string? xpath, string[] namespaces, Mistakes mistakes)
    {
        if (subtree is not null && xpath is not null)
            mistakes.Add("--filter and --xpath exclude each other.");

        var pairs = new Dictionary<string, string>();
        foreach (var pair in namespaces)
        {
            if (pair.Split('=', 2) is [{ Length: > 0 } prefix, { Length: > 0 } uri])
                pairs[prefix] = uri;
            else
                mistakes.Add($"--ns is '{pair}'; it must be PREFIX=URI.");
        }

        return xpath is not null ? new NetconfFilter.XPath(xpath, pairs)
            : subtree is not null ? Read(Xml("filter", subtree, mistakes), subtree, NetconfFilter.FromXml, mistakes)
            : null;
    }

    private static string Dashed(string name) => string.Concat(name.Select((character, index) => char.IsUpper(character) && index > 0 ? "-" + char.ToLowerInvariant(character) : char.ToLowerInvariant(character).ToString()));
}
