using System.Runtime.Versioning;
using System.Security.Cryptography;
using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Tests.Devices;

[UnsupportedOSPlatform("windows")]
public sealed class Keys_of_credentials : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void open_what_was_sealed_also_when_another_key_seals_by_now()
    {
        var (old, fresh) = (Key("old"), Key("new"));
        using var before = Load(old);
        using var during = Load(fresh, old);
        var (id, whole) = before.Seal(Entry("central", "all", "lab"));

        using var opened = during.Open("central", "all", "lab", id, whole);
        Assert.True(opened.Password.SameAs(new Secret("s3cret")));
        Assert.True(opened.EnablePassword!.SameAs(new Secret("more")));
        Assert.NotEqual(id, during.Seal(opened).KeyId);
        Assert.DoesNotContain("s3cret", System.Text.Encoding.Latin1.GetString(whole), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", "all", "lab")]
    [InlineData("central", "vendor=cisco", "lab")]
    [InlineData("central", "all", "root")]
    public void do_not_give_an_account_to_what_it_was_not_for(string realm, string on, string user)
    {
        using var keys = Load(Key("key"));
        var (id, whole) = keys.Seal(Entry("central", "all", "lab"));

        Assert.Contains("was changed", Assert.Throws<CredentialStoreException>(() => keys.Open(realm, on, user, id, whole)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void notice_every_byte_that_was_changed()
    {
        using var keys = Load(Key("key"));
        var (id, whole) = keys.Seal(Entry("central", "all", "lab"));
        for (var at = 0; at < whole.Length; at++)
        {
            whole[at] ^= 1;
            Assert.Throws<CredentialStoreException>(() => keys.Open("central", "all", "lab", id, whole));
            whole[at] ^= 1;
        }

        Assert.Throws<CredentialStoreException>(() => keys.Open("central", "all", "lab", id, whole.AsSpan(0, 20)));
    }

    [Fact]
    public void say_when_they_are_not_the_right_ones_or_not_safe()
    {
        using var keys = Load(Key("key"));
        using var others = Load(Key("other"));
        var (id, whole) = keys.Seal(Entry("central", "all", "lab"));
        Assert.Contains("does not have", Assert.Throws<CredentialStoreException>(() => others.Open("central", "all", "lab", id, whole)).Message, StringComparison.Ordinal);

        var open = Key("open");
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var mistakes = new List<string>();
        Assert.False(CredentialKeys.Load([open, Path.Combine(folder.Path, "none"), Write("short", 31)], mistakes).Any);
        Assert.Equal(3, mistakes.Count);
        Assert.All(mistakes, mistake => Assert.StartsWith("node.credential-keys: ", mistake, StringComparison.Ordinal));
        Assert.Throws<InvalidOperationException>(() => CredentialKeys.None.Seal(Entry("a", "all", "b")));
    }

    private static StoredCredential Entry(string realm, string on, string user) => new(realm, on, user, new Secret("s3cret"), new Secret("more"));

    private static CredentialKeys Load(params string[] paths)
    {
        var mistakes = new List<string>();
        var keys = CredentialKeys.Load(paths, mistakes);
        Assert.Empty(mistakes);
        return keys;
    }

    private string Key(string name) => Write(name, 32);

    private string Write(string name, int bytes)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(bytes));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
