using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Trigger.Tests.Tidy;

/// <summary>The repository's own text, for tests of taste.</summary>
internal static class Source
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Rooms => Directory.EnumerateDirectories(Path.Combine(Root, "src"), "Trigger.*").Select(path => Path.GetFileName(path)!).Order();

    public static IEnumerable<string> References(string room) =>
        XDocument.Load(Path.Combine(Root, "src", room, room + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order();

    public static IEnumerable<string> CodeFiles(string under) =>
        Directory.EnumerateFiles(Path.Combine(Root, under), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Regex.IsMatch(path, @"[\\/](obj|bin|artifacts)[\\/]"));

    public static string Short(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Trigger.Actors.sln")))
                return directory.FullName;
        }

        throw new InvalidOperationException("The tests must run from inside the repository's own build output.");
    }
}
