using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Tests.Devices;

/// <summary>The values are what Trigger itself writes with these keys.</summary>
public sealed class A_tacacsrc
{
    private static readonly Func<string, char[]> Cipher = TacacsrcFile.ByKeyFile("pizza rules the planet\n", "jschmoe");

    [Theory]
    [InlineData("xc732xCvl5M=", "jschmoe")]
    [InlineData("uJ6J2YMUhao=", "abc123")]
    [InlineData("HVnByRWaRhg=", "abcdefgh")]
    [InlineData("abQgBwzvdjI=", " x")]
    public void is_decrypted_with_the_key_file_and_the_login_name(string value, string clear) => Assert.Equal(clear, new string(Cipher(value)));

    [Fact]
    public void has_a_passphrase_instead()
    {
        Assert.Equal("swordfish", new string(TacacsrcFile.ByPassphrase(new Secret("bacon is awesome, son."))("jGL5h0OjHJvxTg/G163fxA==")));
    }

    [Fact]
    public void gives_its_default_realm_to_all_devices_after_those_that_name_theirs()
    {
        var (entries, mistakes) = Read("# Saved by trigger.tacacsrc at 2012-06-23 11:38:51 PDT\n\nversion = 2.0\naol_uname_ = xc732xCvl5M=\naol_pwd_ = uJ6J2YMUhao=\nfw1.example.net_uname_ = xc732xCvl5M=\nfw1.example.net_pwd_ = HVnByRWaRhg=\nempty_pwd_ = \n");

        Assert.Empty(mistakes);
        Assert.Equal(["fw1.example.net: jschmoe on fw1.example.net", "aol: jschmoe on all"], entries.Select(entry => entry.ToString()));
        Assert.True(entries[1].Password.SameAs(new Secret("abc123")));
    }

    [Fact]
    public void is_not_taken_with_a_key_that_is_not_its_own()
    {
        var (_, mistakes) = TacacsrcFile.Read("aol_uname_ = xc732xCvl5M=\naol_pwd_ = uJ6J2YMUhao=\n", "x", TacacsrcFile.ByKeyFile("pizza rules the planet\n", "somebody"), "aol");

        Assert.Contains(mistakes, mistake => mistake.StartsWith("x:1: the user name of aol does not come out with this key.", StringComparison.Ordinal));
    }

    [Fact]
    public void out_of_GPG_is_in_clear()
    {
        var (entries, mistakes) = TacacsrcFile.Read("aol_uname_ = joe\naol_pwd_ = pass = word\n", "x", decrypt: null, "aol");

        Assert.Empty(mistakes);
        Assert.True(entries[0].Password.SameAs(new Secret("pass = word")));
    }

    [Fact]
    public void reports_all_that_is_wrong_with_its_line_and_nothing_that_is_secret()
    {
        var (_, mistakes) = Read("version = 3.0\nnonsense\naol_uname_ = xc732xCvl5M=\naol_uname_ = xc732xCvl5M=\nb_pwd_ = not base64\nc_pwd_ = YWJj\n");

        Assert.Equal(6, mistakes.Count);
        foreach (var (line, mistake) in new[] { 1, 2, 4, 5, 6 }.Zip(mistakes))
            Assert.StartsWith($"rc:{line}: ", mistake, StringComparison.Ordinal);
        Assert.Equal("rc: the realm aol has no password.", mistakes[^1]);
        Assert.DoesNotContain(mistakes, mistake => mistake.Contains("jschmoe", StringComparison.Ordinal));
    }

    [Fact]
    public void survives_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] parts = ["aol", "_uname_", "_pwd_", " = ", "=", "\n", "#", "version", "xc732xCvl5M=", "AAAA", "\0", "é", " "];
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => parts[random.Next(parts.Length)]));
            try
            {
                Read(text);
            }
            catch (Exception surprise)
            {
                Assert.Fail($"Seed {seed}, round {round}: {text}\n{surprise}");
            }
        }
    }

    private static (IReadOnlyList<StoredCredential> Entries, IReadOnlyList<string> Mistakes) Read(string text) => TacacsrcFile.Read(text, "rc", Cipher, "aol");
}
