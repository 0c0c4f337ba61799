using System.Security.Cryptography;
using System.Text;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

public sealed class Known_hosts : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("known-hosts-").FullName;

    private string UserFile => Path.Combine(folder, "ssh", "known_hosts");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void know_a_plain_name_whatever_its_case()
    {
        var key = HostKeys.Ed25519();
        var hosts = Read($"Core-1.example,10.0.0.1 {Line(key)} a comment with spaces");
        Assert.IsType<HostKeyVerdict.Known>(hosts.Judge("core-1.EXAMPLE", 22, key));
        Assert.IsType<HostKeyVerdict.Known>(hosts.Judge("10.0.0.1", 22, key));
        Assert.IsType<HostKeyVerdict.Unknown>(hosts.Judge("10.0.0.2", 22, key));
    }

    [Fact]
    public void keep_ports_apart()
    {
        var key = HostKeys.Ed25519();
        var hosts = Read($"[core-1]:2022 {Line(key)}");
        Assert.IsType<HostKeyVerdict.Known>(hosts.Judge("core-1", 2022, key));
        Assert.IsType<HostKeyVerdict.Unknown>(hosts.Judge("core-1", 22, key));
    }

    [Fact]
    public void know_hashed_names()
    {
        var key = HostKeys.Ed25519();
        var hosts = Read($"{Hashed("core-1")} {Line(key)}", $"{Hashed("[core-2]:2022")} {Line(key)}");
        Assert.IsType<HostKeyVerdict.Known>(hosts.Judge("CORE-1", 22, key));
        Assert.IsType<HostKeyVerdict.Known>(hosts.Judge("core-2", 2022, key));
        Assert.IsType<HostKeyVerdict.Unknown>(hosts.Judge("core-2", 22, key));
    }

    [Theory]
    [InlineData("*.example", "core.example", true)]
    [InlineData("*.example", "core.example.org", false)]
    [InlineData("core-?", "core-1", true)]
    [InlineData("core-?", "core-12", false)]
    [InlineData("10.0.*,!10.0.9.*", "10.0.1.1", true)]
    [InlineData("10.0.*,!10.0.9.*", "10.0.9.1", false)]
    [InlineData("!core-9,core-*", "core-9", false)]
    [InlineData("*a*b*c*", "xxaxxbxxcxx", true)]
    [InlineData("*a*b*c*", "xxaxxcxxbxx", false)]
    public void match_patterns(string pattern, string host, bool known)
    {
        var key = HostKeys.Ed25519();
        Assert.Equal(known, Read($"{pattern} {Line(key)}").Judge(host, 22, key) is HostKeyVerdict.Known);
    }

    [Fact]
    public void tell_a_changed_key_with_the_fingerprint_and_the_place_of_the_known_one()
    {
        var known = HostKeys.Ed25519();
        var hosts = Read("# a comment", $"core-1 {Line(known)}");
        Assert.Equal(new HostKeyVerdict.Changed(known.Fingerprint, $"{UserFile}:2"), hosts.Judge("core-1", 22, HostKeys.Ed25519()));
    }

    [Fact]
    public void take_a_key_of_a_type_never_seen_for_a_change()
    {
        var hosts = Read($"core-1 {Line(HostKeys.Ed25519())}");
        Assert.IsType<HostKeyVerdict.Changed>(hosts.Judge("core-1", 22, HostKeys.Random("ssh-rsa")));
        Assert.Equal(["ssh-ed25519"], hosts.TypesOf("core-1", 22));
    }

    [Fact]
    public void refuse_a_revoked_key_even_when_another_line_knows_it()
    {
        var key = HostKeys.Ed25519();
        var hosts = Read($"core-1 {Line(key)}", $"@revoked * {Line(key)}");
        Assert.Equal(new HostKeyVerdict.Revoked($"{UserFile}:2"), hosts.Judge("core-1", 22, key));
    }

    [Fact]
    public void ignore_certificate_authorities_without_calling_them_mistakes()
    {
        var key = HostKeys.Ed25519();
        var hosts = Read($"@cert-authority * {Line(key)}");
        Assert.IsType<HostKeyVerdict.Unknown>(hosts.Judge("core-1", 22, key));
        Assert.Empty(hosts.Mistakes);
    }

    [Fact]
    public void report_every_bad_line_by_file_and_number_and_use_the_good_ones()
    {
        var key = HostKeys.Ed25519();
        var hosts = Read("core-1", $"core-1 ssh-rsa {key.Base64}", "|2|a|b ssh-rsa AAAA", "@strange core-1 ssh-rsa AAAA", $"core-2 {Line(key)}");
        Assert.Equal(
            [1, 2, 3, 4], hosts.Mistakes.Select(mistake => int.Parse(mistake[(UserFile.Length + 1)..mistake.IndexOf(": ", StringComparison.Ordinal)])));
        Assert.IsType<HostKeyVerdict.Known>(hosts.Judge("core-2", 22, key));
    }

    [Fact]
    public void never_throw_on_noise()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var noise = new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => "|1, @*?![]:=AZaz09+/#\t"[random.Next(22)])]);
            var hosts = Read(noise.Split('\t'));
            Assert.True(hosts.Judge("a", 22, HostKeys.Ed25519()) is not HostKeyVerdict.Known, $"seed {seed}");
        }
    }

    [Fact]
    public void append_a_new_host_once_to_a_private_file_in_a_private_folder()
    {
        var hosts = new KnownHosts(UserFile);
        var key = HostKeys.Ed25519();
        Assert.IsType<HostKeyVerdict.Known>(hosts.Accept("core-1", 2022, key));
        Assert.IsType<HostKeyVerdict.Known>(hosts.Accept("core-1", 2022, key));

        Assert.Equal($"[core-1]:2022 {Line(key)}\n", File.ReadAllText(UserFile));
        Assert.IsType<HostKeyVerdict.Known>(new KnownHosts(UserFile).Judge("core-1", 2022, key));
        if (OperatingSystem.IsWindows())
            return;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(UserFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(UserFile)!));
    }

    [Fact]
    public void do_not_glue_a_record_to_a_last_line_without_an_end()
    {
        Write($"core-1 {Line(HostKeys.Ed25519())}");
        var key = HostKeys.Ed25519();
        new KnownHosts(UserFile).Accept("core-2", 22, key);
        Assert.IsType<HostKeyVerdict.Known>(new KnownHosts(UserFile).Judge("core-2", 22, key));
    }

    [Fact]
    public void do_not_accept_over_a_record()
    {
        var hosts = Read($"core-1 {Line(HostKeys.Ed25519())}");
        Assert.IsType<HostKeyVerdict.Changed>(hosts.Accept("core-1", 22, HostKeys.Ed25519()));
    }

    [Fact]
    public void see_what_somebody_else_has_added_since()
    {
        var hosts = Read();
        var key = HostKeys.Ed25519();
        Assert.IsType<HostKeyVerdict.Unknown>(hosts.Judge("core-1", 22, key));

        Write($"core-1 {Line(key)}\n");
        File.SetLastWriteTimeUtc(UserFile, DateTime.UtcNow.AddMinutes(1));
        Assert.IsType<HostKeyVerdict.Known>(hosts.Judge("core-1", 22, key));
    }

    [Fact]
    public void read_global_files_too()
    {
        var global = Path.Combine(folder, "global");
        var key = HostKeys.Ed25519();
        File.WriteAllText(global, $"core-1 {Line(key)}\n");
        Assert.Equal(new HostKeyVerdict.Known($"{global}:1"), new KnownHosts(UserFile, global).Judge("core-1", 22, key));
    }

    [Fact]
    public void print_fingerprints_as_OpenSSH_does()
    {
        // The key and the fingerprint that GitHub publishes for itself.
        var key = HostKey.Parse("AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl")!;
        Assert.Equal("ssh-ed25519", key.Type);
        Assert.Equal("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU", key.Fingerprint);
    }

    private static string Line(HostKey key) => $"{key.Type} {key.Base64}";

    private static string Hashed(string name)
    {
        var salt = RandomNumberGenerator.GetBytes(20);
#pragma warning disable CA5350 // The format's own choice.
        var hash = HMACSHA1.HashData(salt, Encoding.UTF8.GetBytes(name));
#pragma warning restore CA5350
        return $"|1|{Convert.ToBase64String(salt)}|{Convert.ToBase64String(hash)}";
    }

    private KnownHosts Read(params string[] lines)
    {
        Write(string.Join('\n', lines));
        return new KnownHosts(UserFile);
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(UserFile)!);
        File.WriteAllText(UserFile, text);
    }
}
