using System.Runtime.Versioning;
using System.Text;
using Trigger.Devices;
using Trigger.Devices.Credentials;

namespace Trigger.Tests.Devices;

[SupportedOSPlatform("linux")]
public sealed class A_credential_store : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-store-").FullName;

    private string Path => System.IO.Path.Combine(folder, "kept", "credentials");

    private StoreKey.MachineKey Machine => new(System.IO.Path.Combine(folder, "machine.key"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void gives_back_what_was_put_in_to_who_has_the_key(bool passphrase)
    {
        StoreKey key = passphrase ? new StoreKey.Passphrase(new Secret("correct horse")) : Machine;
        using var written = CredentialStore.Empty.With(Entry("central", "all", "p\u00e4ss\"\\\n\u2028 word", "en")).With(Entry("local", "site=AMS", "pw2"));
        written.Save(Path, key);

        Assert.Equal(passphrase, CredentialStore.WantsPassphrase(Path));
        using var read = CredentialStore.Open(Path, key);
        Assert.Equal(["central: bob on all", "local: bob on site=AMS"], read.Entries.Select(entry => entry.ToString()));
        Assert.True(read.Entries[0].Password.SameAs(written.Entries[0].Password));
        Assert.True(read.Entries[0].EnablePassword!.SameAs(new Secret("en")));
        Assert.Null(read.Entries[1].EnablePassword);
    }

    [Fact]
    public void shows_nothing_of_it_on_disk_and_never_the_same_twice()
    {
        using var store = CredentialStore.Empty.With(Entry("central-realm", "all", "hunter2-secret"));
        store.Save(Path, Machine);
        var first = File.ReadAllText(Path);
        store.Save(Path, Machine);

        Assert.DoesNotContain("central", first, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(Convert.FromBase64String(first.Split('\n')[2])), StringComparison.Ordinal);
        Assert.NotEqual(first, File.ReadAllText(Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Machine.Path));
        Assert.Equal(["credentials"], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).Select(System.IO.Path.GetFileName));
    }

    [Fact]
    public void says_when_the_key_is_not_its()
    {
        using var store = CredentialStore.Empty.With(Entry("r", "all", "secret-word"));
        store.Save(Path, new StoreKey.Passphrase(new Secret("right")));

        Assert.Contains("the passphrase is wrong", Refusal(new StoreKey.Passphrase(new Secret("wrong"))), StringComparison.Ordinal);
        Assert.Contains("opened by a passphrase", Refusal(Machine), StringComparison.Ordinal);
    }

    [Fact]
    public void notices_every_changed_byte_and_every_cut()
    {
        using var store = CredentialStore.Empty.With(Entry("r", "all", "secret-word"));
        store.Save(Path, Machine);
        var whole = File.ReadAllBytes(Path);
        for (var at = 0; at < whole.Length - 1; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 1;
            Overwrite(changed);
            Assert.DoesNotContain("secret-word", Refusal(Machine), StringComparison.Ordinal);
            if (at % 7 == 0)
            {
                Overwrite(whole[..at]);
                Refusal(Machine);
            }
        }
    }

    [Fact]
    public void that_others_may_read_is_refused()
    {
        using var store = CredentialStore.Empty.With(Entry("r", "all", "x"));
        store.Save(Path, Machine);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Refusal(Machine), StringComparison.Ordinal);
    }

    [Fact]
    public void keeps_its_order_replaces_in_place_and_forgets()
    {
        using var store = CredentialStore.Empty.With(Entry("a", "all", "1")).With(Entry("b", "all", "2")).With(Entry("c", "all", "3"));

        Assert.Equal(["c", "a", "b"], store.First("c").Entries.Select(entry => entry.Realm));
        Assert.Equal(["a", "c"], store.Without("b").Entries.Select(entry => entry.Realm));
        Assert.Equal(["all", "core*", "all"], store.With(Entry("b", "core*", "4")).Entries.Select(entry => entry.On));
    }

    private static StoredCredential Entry(string realm, string on, string password, string? enable = null) =>
        new(realm, on, "bob", new Secret(password), enable is null ? null : new Secret(enable));

    private void Overwrite(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    private string Refusal(StoreKey key) => Assert.Throws<CredentialStoreException>(() => CredentialStore.Open(Path, key)).Message;
}
