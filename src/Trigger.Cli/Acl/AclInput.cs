using System.CommandLine;
using System.Text;
using System.Text.Unicode;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Cli.Input;

namespace Trigger.Cli.Acl;

/// <summary>The options that say which filter is meant, and the reading of it.</summary>
internal sealed class AclInput
{
    private readonly Option<string?> dialect = new("--from") { Description = "The dialect of what is read: ios, iosxr, nxos, asa, eos, brocade, dell, junos, screenos, panos. Default: told from the text.", HelpName = "DIALECT" };
    private readonly Option<string?> filter = new("--filter") { Description = "The filter's name, when the text has several.", HelpName = "NAME" };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };

    public void AddTo(Command command)
    {
        command.Add(dialect);
        command.Add(filter);
        command.Add(json);
    }

    public bool Json(ParseResult line) => line.GetValue(json);

    /// <summary>Reads a file, or standard input for <c>-</c>; what is to be said about the text goes to standard error. Null after a mistake.</summary>
    public ReadResult? Read(ParseResult line, string path, Mistakes mistakes, bool notes = false) =>
        Text(path, mistakes) is { } text ? Read(line, path, text, mistakes, notes) : null;

    private ReadResult? Read(ParseResult line, string path, string text, Mistakes mistakes, bool notes = false)
    {
        Dialect? of = null;
        if (line.GetValue(dialect) is { } word)
        {
            if (!Dialects.TryParse(word, out var known))
            {
                mistakes.Add($"--from is '{word}'; expected ios, iosxr, nxos, asa, eos, brocade, dell, junos, screenos or panos.");
                return null;
            }

            of = known;
        }

        var read = FilterReader.Read(text, of, path == "-" ? "standard input" : path);
        Say(read, path, notes);
        return read;
    }

    /// <param name="notes">Also what is understood but worth a look: of use to who reads the text, and in the way of who asks about it.</param>
    public static void Say(ReadResult read, string path, bool notes = false)
    {
        foreach (var said in read.Diagnostics.Where(one => notes || one.Severity != Severity.Note))
            Console.Error.WriteLine($"{path}:{said}");
    }

    /// <summary>The one filter that is meant.</summary>
    public Filter? One(ParseResult line, string path, Mistakes mistakes) => Text(path, mistakes) is { } text ? One(line, path, text, mistakes) : null;

    /// <summary>The one filter that is meant, of a text that was read from the path.</summary>
    public Filter? One(ParseResult line, string path, string text, Mistakes mistakes)
    {
        if (Read(line, path, text, mistakes) is not { } read)
            return null;
        var wanted = line.GetValue(filter);
        var found = read.Filters.Where(one => wanted is null || one.Name == wanted).ToList();
        if (found.Count == 1)
        {
            if (found[0].LeftOut > 0)
                mistakes.Add($"{path} has lines that cannot be read; an answer without them would not be about this filter.");
            return found[0];
        }

        mistakes.Add(found.Count == 0
            ? wanted is null ? $"no filter is found in {path}." : $"no filter '{wanted}' is in {path}; it has {Names(read.Filters)}."
            : $"{path} has {found.Count} filters; choose one with --filter: {Names(found)}.");
        return null;
    }

    /// <summary>All filters that are meant.</summary>
    public IReadOnlyList<Filter> All(ParseResult line, string path, Mistakes mistakes)
    {
        var read = Read(line, path, mistakes);
        var wanted = line.GetValue(filter);
        return [.. read?.Filters.Where(one => wanted is null || one.Name == wanted) ?? []];
    }

    public IReadOnlyList<Filter> Chosen(ParseResult line, ReadResult read) => [.. read.Filters.Where(one => line.GetValue(filter) is not { } wanted || one.Name == wanted)];

    public static string? Text(string path, Mistakes mistakes)
    {
        if (Directory.Exists(path))
        {
            mistakes.Add($"{path} is a folder; name the files in it.");
            return null;
        }

        try
        {
            return path == "-" ? Console.In.ReadToEnd() : Decode(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(unreadable is FileNotFoundException or DirectoryNotFoundException ? $"there is no file {path}." : $"{path} cannot be read: {unreadable.Message}");
            return null;
        }
    }

    /// <summary>The files of a folder, those of its folders too, without hidden ones; any other path is itself.</summary>
    public static IEnumerable<string> FilesOf(string path) =>
        !Directory.Exists(path) ? [path]
            : Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System }).Order(StringComparer.Ordinal);

    // Old devices keep remarks in Latin-1. Nothing that is read so is written back: see KeptFile.
    private static string Decode(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var text = new StreamReader(new MemoryStream(bytes), Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1);
        return text.ReadToEnd();
    }

    private static string Names(IReadOnlyList<Filter> filters) => filters.Count == 0 ? "none" : string.Join(", ", filters.Take(12).Select(one => one.Name ?? "(unnamed)")) + (filters.Count > 12 ? ", …" : "");
}
