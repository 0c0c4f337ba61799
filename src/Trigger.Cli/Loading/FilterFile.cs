using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Devices.Platforms;

namespace Trigger.Cli.Loading;

/// <summary>A filter as a device of some platform is to get it: read by our own parser first, so that nothing is loaded that is no filter there.</summary>
/// <param name="Text">What is staged, or loaded over NETCONF.</param>
/// <param name="Mistake">Why it must not be loaded; null when it may.</param>
internal sealed record FilterFile(string Text, string? Mistake)
{
    private const int Longest = 8 * 1024 * 1024;

    public static FilterFile Read(string folder, string acl, AclLoading how)
    {
        if (acl.Contains('/', StringComparison.Ordinal) || acl.StartsWith('.'))
            return Bad("this can be no file's name");
        if (!Dialects.TryParse(how.Dialect, out var dialect))
            return Bad($"the platform's load-acl.dialect is '{how.Dialect}', which nobody knows");

        var path = Path.Combine(folder, acl);
        try
        {
            if (!File.Exists(path))
                return Bad($"there is no file {path}");
            if (new FileInfo(path).Length > Longest)
                return Bad($"{path} has more than {Longest} bytes");
            return Checked(File.ReadAllText(path), path, dialect, how.Comments);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Bad($"{path}: {unreadable.Message}");
        }
    }

    internal static FilterFile Checked(string text, string path, Dialect dialect, bool comments)
    {
        var read = FilterReader.Read(text, dialect, path);
        if (read.Diagnostics.FirstOrDefault(said => said.Severity == Severity.Error) is { } wrong)
            return Bad($"{path}:{wrong}");
        if (read.Filters.Count == 0)
            return Bad($"{path} has no filter of the dialect {Dialects.Word(dialect)}");
        if (comments)
            return new FilterFile(text, null);

        // What is taken out must be comments and nothing else.
        var plain = WithoutComments(text);
        var again = FilterReader.Read(plain, dialect, path);
        return again.HasErrors || again.Filters.Sum(filter => filter.Terms.Count) != read.Filters.Sum(filter => filter.Terms.Count)
            ? Bad($"{path} reads differently without its comments")
            : new FilterFile(plain, null);
    }

    private static string WithoutComments(string text) => string.Concat(text.Split('\n').Where(line => !IsComment(line.Trim())).Select(line => line.TrimEnd('\r') + "\n")).TrimEnd('\n') + "\n";

    private static bool IsComment(string line)
    {
        var words = line.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
        return line.StartsWith('!') || words is ["remark", ..] or ["access-list", _, "remark", ..];
    }

    private static FilterFile Bad(string why) => new("", why);
}
