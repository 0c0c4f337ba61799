using Trigger.Hocon;

namespace Trigger.Tests.Hocon;

public sealed class An_include : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("include \"b.conf\"")]
    [InlineData("include \"b\"")]
    [InlineData("include\n\n\"b\"")]
    [InlineData("include\"b\"")]
    [InlineData("include file(\"b.conf\")")]
    [InlineData("include required(\"b\")")]
    [InlineData("include required( file( \"b.conf\" ) )")]
    [InlineData("{ include \"b\", y = 1 }")]
    public void brings_the_fields_of_another_file(string text)
    {
        Write("b.conf", "x = 42");
        Assert.Equal(42, Read(text).GetInt("x"));
    }

    [Fact]
    public void of_a_name_that_no_file_can_have_is_a_mistake_with_its_place() =>
        Assert.StartsWith("x.conf:1:", Assert.Throws<ConfigException>(() => Config.Parse("include \"/a\0b\"", "x.conf")).Message, StringComparison.Ordinal);

    [Fact]
    public void stands_beside_the_file_that_includes()
    {
        Write("sub/b.conf", "include \"c\"");
        Write("sub/c.conf", "x = near");
        Write("c.conf", "x = far");
        Assert.Equal("near", Read("include \"sub/b\"").GetString("x"));
    }

    [Fact]
    public void takes_its_place_among_the_fields_around_it()
    {
        Write("b.conf", "a = theirs, b = theirs, o { p = 1 }");
        var config = Read("a = ours\nb = ours\no { q = 2 }\ninclude \"b\"\nb = ours");

        Assert.Equal(["theirs", "ours", "1", "2"], new[] { "a", "b", "o.p", "o.q" }.Select(path => config.GetString(path)));
    }

    [Fact]
    public void looks_first_around_itself_and_then_from_the_root()
    {
        Write("b.conf", "near = b, x = ${near}, y = ${far}, list += 2");
        var config = Read("near = root\nfar = root\npart.inner { list = [1]\n include \"b\" }");

        Assert.Equal("b", config.GetString("part.inner.x"));
        Assert.Equal("root", config.GetString("part.inner.y"));
        Assert.Equal([1, 2], config.GetIntList("part.inner.list"));
    }

    [Fact]
    public void of_a_bare_name_reads_conf_over_json_over_properties()
    {
        Write("b.conf", "a = conf");
        Write("b.json", "{ \"a\" : \"json\", \"b\" : \"json\" }");
        Write("b.properties", "a = p\nb = p\n# no\nc.d = p\nc.d.e: \\u0041 b\\\n  c");
        var config = Read("include \"b\"");

        Assert.Equal(["conf", "json", "A bc"], new[] { "a", "b", "c.d.e" }.Select(path => config.GetString(path)));
    }

    [Fact]
    public void of_a_file_that_is_not_there_changes_nothing_unless_it_is_required()
    {
        Assert.True(Read("include \"none\"\ninclude file(\"none.json\")").IsEmpty);
        Assert.Contains("main.conf:2:8: \"none\" is required but was not found", Mistake("\ninclude required(\"none\")"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("include classpath(\"x\")", "there is no class path here")]
    [InlineData("include url(\"https://example.net/x.conf\")", "includes from URLs are not allowed here")]
    [InlineData("include \"https://example.net/x.conf\"", "includes from URLs are not allowed here")]
    [InlineData("include url(\"x\")", "is not a URL")]
    [InlineData("include file(\"x\"", "a ) is missing")]
    [InlineData("include b", "include is followed by a name in quotes")]
    public void says_what_it_may_not_do(string text, string problem) => Assert.Contains(problem, Mistake(text), StringComparison.Ordinal);

    [Fact]
    public void may_fetch_where_the_caller_allows_it()
    {
        var options = new ConfigReadOptions { Url = uri => uri.Host == "example.net" ? "x = 1" : null };
        Assert.Equal(1, Config.Parse("include url(\"https://example.net/x.conf\")", "x.conf", options).GetInt("x"));
    }

    [Fact]
    public void may_not_lead_back_to_itself()
    {
        Write("b.conf", "include \"c\"");
        Write("c.conf", "include \"b\"");
        Assert.Contains("this file includes itself: main.conf includes b.conf includes c.conf includes b.conf", Mistake("include \"b\""), StringComparison.Ordinal);
    }

    [Fact]
    public void tells_its_own_mistakes_with_its_own_name()
    {
        Write("b.conf", "\nx = *");
        Assert.Contains("b.conf:2:5: ", Mistake("include \"b\"\ny = ?"), StringComparison.Ordinal);
        Assert.Contains("main.conf:2:5: ", Mistake("include \"b\"\ny = ?"), StringComparison.Ordinal);
    }

    [Fact]
    public void tells_which_files_were_looked_for()
    {
        Write("b.conf", "include \"none.conf\"");
        List<string> looked = [];
        Config.ParseFile(Write("main.conf", "include \"b.conf\""), new ConfigReadOptions { Looked = looked.Add });
        Assert.Equal(["main.conf", "b.conf", "none.conf"], looked.Select(Path.GetFileName));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private Config Read(string text) => Config.ParseFile(Write("main.conf", text));

    private string Mistake(string text) => Assert.Throws<ConfigException>(() => Read(text)).Message;
}
