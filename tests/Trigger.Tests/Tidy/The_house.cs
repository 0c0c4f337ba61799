using System.Text.RegularExpressions;

namespace Trigger.Tests.Tidy;

public sealed partial class The_house
{
    // Written like types in the notes, and of the build's vocabulary.
    private static readonly string[] NoTypes = ["DisableTransitiveProjectReferences"];

    // The ambient context, one per thread, is the exception that compatibility with Akka.NET's API needs.
    private static readonly string[] MayKeepStatics = ["src/Trigger.Kernel/Actor/Internal/AmbientCell.cs"];

    [Theory]
    [InlineData("Trigger.Hocon")]
    [InlineData("Trigger.Acl")]
    [InlineData("Trigger.Wire")]
    [InlineData("Trigger.Kernel", "Trigger.Hocon")]
    [InlineData("Trigger.Cluster", "Trigger.Kernel")]
    [InlineData("Trigger.Devices", "Trigger.Hocon")]
    [InlineData("Trigger.Sessions", "Trigger.Devices", "Trigger.Kernel", "Trigger.Wire")]
    [InlineData("Trigger.Jobs", "Trigger.Devices", "Trigger.Hocon", "Trigger.Kernel", "Trigger.Sessions")]
    [InlineData("Trigger.Storage", "Trigger.Cluster", "Trigger.Kernel")]
    [InlineData("Trigger.Lab", "Trigger.Cluster", "Trigger.Devices", "Trigger.Kernel", "Trigger.Wire")]
    [InlineData("Trigger.Parsing")]
    [InlineData("Trigger.Notify", "Trigger.Hocon")]
    [InlineData("Trigger.Files")]
    [InlineData("Trigger.Backup", "Trigger.Devices")]
    [InlineData("Trigger.Node", "Trigger.Acl", "Trigger.Cluster", "Trigger.Devices", "Trigger.Jobs", "Trigger.Kernel", "Trigger.Sessions", "Trigger.Storage", "Trigger.Wire")]
    [InlineData("Trigger.Cli", "Trigger.Acl", "Trigger.Backup", "Trigger.Devices", "Trigger.Files", "Trigger.Jobs", "Trigger.Lab", "Trigger.Node", "Trigger.Notify", "Trigger.Parsing", "Trigger.Sessions", "Trigger.Wire")]
    public void lets_a_room_see_only_these_rooms(string room, params string[] seen) => Assert.Equal(seen.Order(), Source.References(room));

    [Fact]
    public void has_its_map_and_its_tests_agree_on_what_rooms_there_are()
    {
        var map = File.ReadAllText(Path.Combine(Source.Root, "src", "README.md"));
        var listed = RoomInMap().Matches(map).Select(match => match.Groups[1].Value).Order();

        Assert.Equal(Source.Rooms, listed);
    }

    [Fact]
    public void names_only_types_that_exist_in_the_notes_on_its_doors()
    {
        var types = Source.CodeFiles("src").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var known = types.Concat(Source.CodeFiles("src").SelectMany(DeclaredTypes)).ToHashSet();
        var notes = Directory.EnumerateFiles(Path.Combine(Source.Root, "src"), "README.md", SearchOption.AllDirectories);

        var strangers = from note in notes
                        from Match match in TypeInNote().Matches(File.ReadAllText(note))
                        let name = match.Groups[1].Value
                        where !known.Contains(name) && !NoTypes.Contains(name)
                        select $"{Source.Short(note)} names `{name}`, which no file declares";

        Assert.Empty(strangers);
    }

    [Fact]
    public void has_no_file_longer_than_five_hundred_lines()
    {
        var long_ = Source.CodeFiles("src").Concat(Source.CodeFiles("tests"))
            .Select(path => (Path: Source.Short(path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > 500)
            .Select(file => $"{file.Path} has {file.Lines} lines: find the collaborator that wants a name");

        Assert.Empty(long_);
    }

    [Fact]
    public void keeps_no_static_that_changes()
    {
        var changing = from path in Source.CodeFiles("src")
                       where !MayKeepStatics.Contains(Source.Short(path))
                       let lines = File.ReadAllLines(path)
                       from index in Enumerable.Range(0, lines.Length)
                       where ChangingStatic().IsMatch(lines[index])
                       select $"{Source.Short(path)}:{index + 1}: {lines[index].Trim()}";

        Assert.Empty(changing);
    }

    [Theory]
    [InlineData("    private static int count;", true)]
    [InlineData("    static int count = 0;", true)]
    [InlineData("    internal static volatile Foo<Bar, int[]>? last;", true)]
    [InlineData("    public static int Count { get; set; }", true)]
    [InlineData("    public static int Count { get; private set; } = 1;", true)]
    [InlineData("    public static int Count { get; } = 1;", false)]
    [InlineData("    public static int Count => 1;", false)]
    [InlineData("    private static readonly int[] All = [1];", false)]
    [InlineData("    public static bool operator ==(A a, A b) => true;", false)]
    [InlineData("    public static int Of(int number = 1) => number;", false)]
    [InlineData("    private static extern int close(int fd);", false)]
    [InlineData("    private const int One = 1;", false)]
    public void can_tell_a_static_that_changes(string line, bool changes) => Assert.Equal(changes, ChangingStatic().IsMatch(line));

    [Fact]
    public void tells_no_test_to_sleep()
    {
        var sleeps = from path in Source.CodeFiles("tests")
                     where !path.EndsWith("The_house.cs", StringComparison.Ordinal)
                     let number = File.ReadLines(path).ToList().FindIndex(line => Sleep().IsMatch(line))
                     where number >= 0
                     select $"{Source.Short(path)}:{number + 1} sleeps: wait for a signal instead";

        Assert.Empty(sleeps);
    }

    private static IEnumerable<string> DeclaredTypes(string path) => TypeDeclared().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\| `(Trigger\.\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex RoomInMap();

    [GeneratedRegex(@"`([A-Z][a-z]+[A-Z]\w+)`")]
    private static partial Regex TypeInNote();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum|delegate \w+) (\w+)")]
    private static partial Regex TypeDeclared();

    // A field that is not readonly, or a property with a setter.
    [GeneratedRegex(@"^\s+(?:(?:public|private|internal|protected|new)\s+)*static\s+(?!readonly\b|extern\b|class\b|partial\b)(?:[^=(){};]+\s\w+\s*(?:;|=[^>=])|.*\{[^}]*\bset;)")]
    private static partial Regex ChangingStatic();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\(")]
    private static partial Regex Sleep();
}
