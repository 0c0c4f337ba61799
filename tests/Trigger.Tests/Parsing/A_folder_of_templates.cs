using Trigger.Parsing;
using Trigger.Parsing.TextFsm;

namespace Trigger.Tests.Parsing;

public sealed class A_folder_of_templates : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-templates-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("show version", "version")]
    [InlineData("sh ver", "version")]
    [InlineData("sh ve", "version")]
    [InlineData("sh v", null)]
    [InlineData("show version | include x", "version")]
    [InlineData("please show version", null)]
    public void knows_commands_by_what_may_be_typed_of_them(string command, string? template) =>
        Assert.Equal(template is null ? [] : [template], Index("version, .*, cisco_ios, sh[[ow]] ve[[rsion]]").Find("cisco_ios", command));

    [Fact]
    public void takes_the_first_line_that_fits_and_tells_which_say_nothing()
    {
        var index = Index("a, .*, cisco_(ios|xe), show x", "# b, .*, cisco_ios, show x", "one, field, more, than, wanted", "c, .*, cisco_ios, show .*", ", ,");

        Assert.Equal(["a"], index.Find("cisco_xe", "show x"));
        Assert.Equal(["c"], index.Find("cisco_ios", "show y"));
        Assert.Equal([4, 6], index.Ignored.Select(ignored => ignored.Line));
        Assert.Equal(["c"], index.Find(new Dictionary<string, string> { ["Command"] = "show y", ["Colour"] = "red" }));
    }

    [Fact]
    public void joins_the_tables_of_several_templates_by_their_keys()
    {
        Put("one", "Value Key NAME (\\w)\nValue A (\\d)\n\nStart\n  ^a ${NAME} ${A} -> Record\n");
        Put("two", "Value NAME (\\w)\nValue List B (\\d|)\n\nStart\n  ^b ${NAME} ${B} -> Record\n");

        var table = Index("one:two, .*, p, c").Parse("p", "c", "a x 1\na y 2\nb y 3\nb z 4\n")!;

        Assert.Equal(["NAME", "A", "B"], table.Header);
        Assert.Equal([new Cell.Text("x"), new Cell.Text("1"), Cell.Empty], table.Rows[0]);
        Assert.Equal(new Cell.Text("3"), Assert.Single(Assert.IsType<Cell.Many>(table.Rows[1][2]).Items));
    }

    [Fact]
    public void without_an_index_finds_templates_by_their_names()
    {
        Put("cisco_ios_show_clock.textfsm", "Value T (.*)\n\nStart\n  ^${T} -> Record\n");

        var index = TemplateIndex.Open(folder);

        Assert.Equal(["cisco_ios_show_clock.textfsm"], index.Find("cisco_ios", "show clock"));
        Assert.Equal(1, index.Count);
        Assert.Null(index.Parse("cisco_ios", "show version", ""));
    }

    [Fact]
    public void is_found_inside_a_copy_of_ntc_templates()
    {
        var inside = Path.Combine(folder, "ntc_templates", "templates");
        Directory.CreateDirectory(inside);
        File.WriteAllText(Path.Combine(inside, "index"), "Template, Hostname, Platform, Command\nx, .*, p, c\n");

        Assert.Equal(["x"], TemplateIndex.Open(folder).Find("p", "c"));
    }

    [Fact]
    public void tells_all_that_is_wrong_with_its_index()
    {
        var wrong = Assert.Throws<TemplateException>(() => Index("a, .*, (, c", "../b, .*, p, c", "c, .*, p, ["));

        Assert.Equal([2, 3, 4], wrong.Mistakes.Select(mistake => mistake.Line));
        Assert.Contains("'Template'", Assert.Throws<TemplateException>(() => { Put("index", "Platform, Command\n"); TemplateIndex.Open(folder); }).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => TemplateIndex.Open(Path.Combine(folder, "none")));
    }

    [Fact]
    public void that_lacks_a_template_of_its_index_says_so_when_it_is_wanted()
    {
        var index = Index("gone, .*, p, c");

        Assert.Contains("there is no such file", Assert.IsType<Parsed.Refused>(new OutputParsers().With(index).Parse("p", "c", "x")).Why, StringComparison.Ordinal);
    }

    private TemplateIndex Index(params string[] lines)
    {
        Put("index", "Template, Hostname, Platform, Command\n" + string.Join('\n', lines) + "\n");
        return TemplateIndex.Open(folder);
    }

    private void Put(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
