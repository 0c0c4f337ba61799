using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Tests.Devices;

public sealed class A_cloginrc
{
    private const string Sample = """
        # add password nobody {nothing}
        add user core*.ams.net  {am s}
        add user *              admin
        add password core1.ams.net  {pw 1} {en{ab}le}
        add password core*.ams.net  "quo ted"
        add method * ssh
        add password *.fra.net  p\{w plain-enable
        add password *          {star}
        """;

    [Fact]
    public void gives_an_entry_for_each_glob_with_the_first_user_that_fits_it()
    {
        var (entries, mistakes) = CloginrcFile.Read(Sample, "x");

        Assert.Empty(mistakes);
        Assert.Equal(
            ["rancid-core1.ams.net: am s on name=core1.ams.net", "rancid-core-.ams.net: am s on name=core*.ams.net", "rancid-fra.net: admin on name=*.fra.net", "rancid: admin on all"],
            entries.Select(entry => entry.ToString()));
        Assert.True(entries[0].Password.SameAs(new Secret("pw 1")) && entries[0].EnablePassword!.SameAs(new Secret("en{ab}le")));
        Assert.True(entries[1].Password.SameAs(new Secret("quo ted")) && entries[1].EnablePassword is null);
        Assert.True(entries[2].Password.SameAs(new Secret("p{w")) && entries[2].EnablePassword!.SameAs(new Secret("plain-enable")));
    }

    [Fact]
    public void must_name_a_user()
    {
        var (entries, mistakes) = CloginrcFile.Read("add password r1 secret\n", "x");

        Assert.Empty(entries);
        Assert.Contains("x:1: there is no 'add user' for r1", Assert.Single(mistakes), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", mistakes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sample, true)]
    [InlineData("aol_uname_ = x\n", false)]
    [InlineData("", false)]
    public void is_told_by_what_is_in_it(string text, bool fits) => Assert.Equal(fits, CloginrcFile.Fits(text));

    [Fact]
    public void may_be_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var pieces = new[] { "add", " ", "password", "user", "{", "}", "\"", "\\", "*", "\n", "#", "x", "\t" };
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var failure = Record.Exception(() => CloginrcFile.Read(text, "x"));
            Assert.True(failure is null, $"seed {seed}, round {round}: {failure}\n{text}");
        }
    }
}
