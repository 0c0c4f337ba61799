using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Trigger.Cli.Netconf;
using XmlText = Trigger.Cli.Netconf.XmlText;

namespace Trigger.Tests.Cli;

public sealed class NETCONF_output
{
    [Theory]
    [InlineData("<a>1</a>", """{"d":{"a":"1"}}""")]
    [InlineData("<a/>", """{"d":{"a":null}}""")]
    [InlineData("<a>\n  </a>", """{"d":{"a":null}}""")]
    [InlineData("<a> </a>", """{"d":{"a":" "}}""")]
    [InlineData("<a><b>1</b>\n<b>2</b><c x='y'>3</c></a>", """{"d":{"a":{"b":["1","2"],"c":{"@x":"y","#text":"3"}}}}""")]
    [InlineData("<data xmlns='urn:b'><a>1</a></data>", """{"d":{"a":"1"}}""")]
    public void is_JSON_without_a_schema(string xml, string json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            XmlToJson.Write(writer, "d", [XElement.Parse(xml, LoadOptions.PreserveWhitespace)]);
            writer.WriteEndObject();
        }

        Assert.Equal(json, Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task is_indented_the_same_whether_it_was_whole_or_a_stream()
    {
        const string Xml = "<r><data xmlns='urn:b'>\n<a x='1'><b>t &lt; u</b></a><c/></data></r>";
        using var streamed = new StringWriter();
        using (var reader = XmlReader.Create(new StringReader(Xml), new XmlReaderSettings { Async = true }))
        {
            reader.ReadToDescendant("data", "urn:b");
            await XmlText.Copy(reader, streamed);
        }

        Assert.Equal("<data xmlns=\"urn:b\">\n  <a x=\"1\">\n    <b>t &lt; u</b>\n  </a>\n  <c />\n</data>\n", streamed.ToString().ReplaceLineEndings("\n"));
        Assert.Equal(streamed.ToString(), XmlText.Of(XElement.Parse(Xml, LoadOptions.PreserveWhitespace).Elements().Single()));
    }

    [Theory]
    [InlineData("a b c", "a b c", "")]
    [InlineData("a b c", "a x c", " a|-b|+x| c")]
    [InlineData("", "a b", "+a|+b")]
    [InlineData("a b", "", "-a|-b")]
    [InlineData("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 x", " 6| 7| 8|-9|+x")]
    [InlineData("0 1 2 3 4 5 6 7 8 9", "x 1 2 3 4 5 6 7 8 y", "-0|+x| 1| 2| 3|@@| 6| 7| 8|-9|+y")]
    public void shows_what_differs(string old, string now, string diff) =>
        Assert.Equal(diff, string.Join('|', LineDiff.Of(old.Split(' ', StringSplitOptions.RemoveEmptyEntries), now.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    [Fact]
    public void shows_differences_that_turn_the_old_into_the_new()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            string[] Lines() => [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => "abc"[random.Next(3)].ToString())];
            var (old, now) = (Lines(), Lines());

            var diff = LineDiff.Of(old, now);
            foreach (var letter in "abc")
            {
                int Count(IEnumerable<string> lines, string line) => lines.Count(candidate => candidate == line);
                var change = Count(diff, "+" + letter) - Count(diff, "-" + letter);
                Assert.True(Count(old, $"{letter}") + change == Count(now, $"{letter}"), $"seed {seed}: '{string.Join(' ', old)}' to '{string.Join(' ', now)}' is '{string.Join('|', diff)}'");
            }

            Assert.Equal(old.SequenceEqual(now), diff.Count == 0);
        }
    }
}
