using System.Text.RegularExpressions;
using Trigger.Parsing.TextFsm;

namespace Trigger.Tests.Parsing;

public sealed class A_pattern_of_Python
{
    [Theory]
    [InlineData("a{,2}b", "aab", "aab")]
    [InlineData("a{2", "a{2", "a{2")]
    [InlineData("[[a]+", "[a[", "[a[")]
    [InlineData("[a-z-[aeiou]]", "-]", "-]")]
    [InlineData(@"\_\-\/", "_-/", "_-/")]
    [InlineData("x|yz", "yz", "yz")]
    [InlineData("(a)(?P<n>b)\\1\\2", "abab", "abab")]
    [InlineData("(?P<n>b)(?P=n)", "bb", "bb")]
    [InlineData("a++", "aaa", "aaa")]
    [InlineData("(?i)AB", "ab", "ab")]
    [InlineData("(?:(a)|b)(?(1)c|d)", "ac", "ac")]
    [InlineData("(?:(a)|b)(?(1)c|d)", "bd", "bd")]
    [InlineData(@"\x41\0101", "AA1", null)]
    [InlineData(@"\x41\u0042", "AB", "AB")]
    [InlineData(@"ab\Z", "ab", "ab")]
    [InlineData("a(?#note)b", "ab", "ab")]
    public void matches_from_where_the_line_begins_as_there(string pattern, string text, string? matched)
    {
        var match = Regex.Match(text, PythonPattern.Read(pattern).Anchored);

        Assert.Equal(matched, match.Success ? match.Value : null);
    }

    [Theory]
    [InlineData("b", "ab")]
    [InlineData("x|b", "ab")]
    [InlineData(@"a\Z", "a\n")]
    [InlineData("a++a", "aaa")]
    public void does_not_match_what_does_not_match_there(string pattern, string text) => Assert.DoesNotMatch(PythonPattern.Read(pattern).Anchored, text);

    [Theory]
    [InlineData("(", "a '(' that nothing closes, at character 2")]
    [InlineData("a)", "a ')' that nothing opened, at character 2")]
    [InlineData("*a", "a '*' with nothing to repeat, at character 1")]
    [InlineData("a**", "a repeat of a repeat, at character 3")]
    [InlineData("^*", "a repeat of what has no width, at character 3")]
    [InlineData("[a", "a '[' (character 1) that nothing closes, at character 3")]
    [InlineData("[z-a]", "a range in a class that goes from nowhere to nowhere, at character 5")]
    [InlineData(@"\e", @"the escape '\e', which Python does not know, at character 3")]
    [InlineData(@"(a)\2", "a reference to group 2, which does not stand before it, at character 6")]
    [InlineData("(?<n>a)", "a group of a kind that Python does not know, at character 3")]
    [InlineData("(?P<n>a)(?P<n>b)", "a second group named 'n', at character 15")]
    [InlineData("a{3,2}", "a count whose least is more than its most, at character 7")]
    [InlineData("a\\", "a backslash at the end, at character 3")]
    public void that_Python_refuses_is_refused_with_its_place(string pattern, string why) =>
        Assert.Equal(why, Assert.Throws<FormatException>(() => PythonPattern.Read(pattern)).Message);

    [Fact]
    public void never_asks_anything_of_dot_NET_but_what_it_knows()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces = ["a", "-", "*", "+", "?", "|", "(", ")", "(?:", "(?=", "(?<!", "(?P<n>", "(?P=n)", "[", "]", "[^", "{", "}", "{2}", "{,3}", "{1,", "\\d", "\\", "\\1", "\\b", "^", "$", "(?i)", "(?(1)", "(?>", "é", "#", "0", ",", "\n"];
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(_ => pieces[random.Next(pieces.Length)]));
            PythonPattern pattern;
            try
            {
                pattern = PythonPattern.Read(text);
            }
            catch (FormatException)
            {
                continue;
            }

            try
            {
                _ = new Regex(pattern.Anchored, RegexOptions.CultureInvariant);
            }
            catch (ArgumentException wrong)
            {
                Assert.Fail($"'{text}' became '{pattern.Anchored}': {wrong.Message}");
            }
        }
    }
}
