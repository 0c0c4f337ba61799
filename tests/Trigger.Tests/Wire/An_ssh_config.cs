using System.Diagnostics;
using Trigger.Wire.Ssh;
using Trigger.Wire.Ssh.Config;

namespace Trigger.Tests.Wire;

public sealed class An_ssh_config
{
    private const string Home = "/home/ann";

    private const string Sample = """
        # The first value counts.
        Host core* !core9
            HostName %h.example.net
            User = "ann lee"
            Port=2222
            IdentityFile ~/.ssh/%h_%r
            ProxyJump bob@bastion:2200,[::1]:22

        Host core?
            Port 1
            User nobody
            IdentityFile %d/.ssh/second
            ServerAliveInterval 1m30s
            ServerAliveCountMax 5

        Match host edge.example.net
            ConnectTimeout 7

        Host edge
            HostName edge.example.net
            ProxyCommand nc -x %h:%p %% "two words" # not a comment here

        Match host edge.example.net
            BindAddress 127.0.0.2
            StrictHostKeyChecking accept-new
            UserKnownHostsFile ~/a "/b c"
            HostKeyAlias alias
            PreferredAuthentications keyboard-interactive,publickey

        Host *
            ConnectTimeout 20
            KexAlgorithms +diffie-hellman-group14-sha1
            Ciphers -*-gcm@openssh.com
            MACs ^hmac-sha1
            ForwardAgent yes
        """;

    private static SshConfig Read(string text) => SshConfig.Parse(text, "config", Home);

    [Fact]
    public void takes_the_first_value_and_every_identity_file()
    {
        var core = Read(Sample).For("core1");

        Assert.Equal(("core1.example.net", "ann lee", 2222), (core.HostName, core.User, core.Port));
        Assert.Equal(["/home/ann/.ssh/core1.example.net_ann lee", "/home/ann/.ssh/second"], core.IdentityFiles);
        Assert.Equal([new SshHop("bob", "bastion", 2200), new SshHop(null, "::1", 22)], core.Jumps);
        Assert.Equal(new SshKeepAlive(TimeSpan.FromSeconds(90), 5), core.KeepAlive);
        Assert.Equal(TimeSpan.FromSeconds(20), core.ConnectTimeout);
    }

    [Fact]
    public void leaves_out_a_host_that_a_negation_names()
    {
        var core = Read(Sample).For("core9");

        Assert.Equal(("core9", "nobody", 1), (core.HostName, core.User, core.Port));
        Assert.Empty(core.Jumps);
    }

    [Fact]
    public void lets_what_the_caller_says_overrule_the_file()
    {
        var core = Read(Sample).For("core1", "root", 22);

        Assert.Equal(("root", 22), (core.User, core.Port));
        Assert.Equal("/home/ann/.ssh/core1.example.net_root", core.IdentityFiles[0]);
    }

    [Fact]
    public void matches_the_host_name_as_far_as_it_is_known_by_then()
    {
        var edge = Read(Sample).For("edge");

        Assert.Equal(TimeSpan.FromSeconds(20), edge.ConnectTimeout); // The first Match came before HostName.
        Assert.Equal("127.0.0.2", edge.BindAddress?.ToString());
        Assert.Equal("nc -x edge.example.net:22 % \"two words\" # not a comment here", edge.ProxyCommand);
        Assert.Equal(["/home/ann/a", "/b c"], edge.KnownHostsFiles);
        Assert.Equal(HostKeyPolicy.AcceptNew, edge.HostKeys);
        Assert.Equal([SshMethod.KeyboardInteractive, SshMethod.Keys, SshMethod.Agent], edge.Methods);
    }

    [Fact]
    public void changes_algorithms_relative_to_ours()
    {
        var algorithms = Read(Sample).For("x").Algorithms(SshAlgorithms.Modern);

        Assert.Equal([.. SshAlgorithms.Modern.KeyExchange, "diffie-hellman-group14-sha1"], algorithms.KeyExchange);
        Assert.Equal(["chacha20-poly1305@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr"], algorithms.Ciphers);
        Assert.Equal(["hmac-sha1", .. SshAlgorithms.Modern.Macs], algorithms.Macs);
        Assert.Equal(SshAlgorithms.Modern.HostKeys, algorithms.HostKeys);
    }

    [Fact]
    public void applies_itself_to_a_dial()
    {
        var dial = new SshDial { Host = "edge", Port = 22, Limits = SshLab.Limits, Algorithms = SshAlgorithms.Modern };
        var store = new KnownHosts(null);

        var led = Read(Sample).For("edge").Apply(dial, files => files.Count == 2 ? store : throw new InvalidOperationException());

        Assert.Equal(("edge.example.net", 22, "alias"), (led.Host, led.Port, led.HostKeyAlias));
        Assert.Equal(TimeSpan.FromSeconds(20), led.Limits.Connect);
        Assert.Same(store, led.KnownHosts);
    }

    [Fact]
    public void tells_every_mistake_at_once_with_file_and_line()
    {
        var config = Read("Port 99999\nHost\nMatch exec \"true\"\nUser \"open\nConnectTimeout soon\nProxyJump a b\nNonsense 1\nHostName ok\n");

        Assert.Equal(6, config.Mistakes.Count);
        Assert.Contains("config:1: '99999' is no port (port).", config.Mistakes);
        Assert.Contains(config.Mistakes, mistake => mistake.StartsWith("config:3: 'Match exec' is not supported", StringComparison.Ordinal));
        Assert.Equal("config:7: nonsense is no keyword of ssh_config, and was passed over.", Assert.Single(config.Notes));
    }

    [Fact]
    public void says_nothing_of_keywords_that_are_to_be_ignored() => Assert.Empty(Read("IgnoreUnknown Use*,foo\nUseMagic 1\nFoo 2\nForwardX11 yes\n").Notes);

    [Fact]
    public void includes_files_under_the_conditions_of_where_it_does()
    {
        var folder = Directory.CreateTempSubdirectory("trigger-ssh-config-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "main"), $"Host a\n Include {folder}/more*\nUser late\nInclude {folder}/none\nHost b\nUser bee\n");
            File.WriteAllText(Path.Combine(folder, "more1"), "User ann\nHost a b\nPort 7\n");

            var config = SshConfig.Load(Path.Combine(folder, "main"));

            Assert.Empty(config.Mistakes);
            Assert.Equal(("ann", 7), (config.For("a").User, config.For("a").Port));
            Assert.Equal(("bee", null), (config.For("b").User, config.For("b").Port));
            File.WriteAllText(Path.Combine(folder, "loop"), $"Include {folder}/loop\n");
            Assert.Contains("deep", Assert.Single(SshConfig.Load(Path.Combine(folder, "loop")).Mistakes), StringComparison.Ordinal);
            Assert.Single(SshConfig.Load(Path.Combine(folder, "missing")).Mistakes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("a", null, "a", null)]
    [InlineData("u@a:22", "u", "a", 22)]
    [InlineData("u@x@a", "u@x", "a", null)]
    [InlineData("[::1]:22", null, "::1", 22)]
    [InlineData("::1", null, "::1", null)]
    [InlineData("ssh://u@a:22/", "u", "a", 22)]
    public void reads_hops(string text, string? user, string host, int? port) => Assert.Equal(new SshHop(user, host, port), SshHop.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("@a")]
    [InlineData("a:0")]
    [InlineData("a:x")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("a b")]
    public void refuses_what_is_no_hop(string text) => Assert.Null(SshHop.Parse(text));

    [Fact]
    public void builds_a_chain_of_hops_with_the_first_hops_own_before_it_and_none_through_itself()
    {
        using var who = SshLab.ByPassword();
        var config = Read("Host *\n ProxyJump gate\nHost gate\n HostName 10.0.0.1\n");
        var dial = new SshDial { Host = "x", Port = 22, Limits = SshLab.Limits, Algorithms = SshAlgorithms.Modern };

        var way = SshWay.Through([new SshHop(null, "one", null), new SshHop("u", "two", 23)], config, dial, (_, _) => who, _ => new KnownHosts(null));

        Assert.Equal(("two", 23, "u"), (way!.Dial.Host, way.Dial.Port, way.Dial.UserName));
        Assert.Equal("one", way.Dial.Jump!.Dial.Host);
        Assert.Equal("10.0.0.1", way.Dial.Jump.Dial.Jump!.Dial.Host);
        Assert.Null(way.Dial.Jump.Dial.Jump.Dial.Jump);
    }

    [Fact]
    public void survives_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] pieces = ["Host", "Match", "host", "all", "Include", "ProxyJump", "IdentityFile", "%h", "%", "~/", "${HOME}", "${", "\"", "'", "\\", "=", "\n", " ", "\t", "#", "*", "!", ",", "Port", "22", "KexAlgorithms", "+", "-", "^", "none", "\0", "é"];
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                var host = Read(text).For("h", random.Next(2) == 0 ? null : "u");
                host.Algorithms(SshAlgorithms.Modern);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}\n{text}");
            }
        }
    }

    /// <summary>OpenSSH's own reading of the same file, where its client is installed.</summary>
    [Theory]
    [InlineData("core1")]
    [InlineData("core9")]
    [InlineData("core22")]
    [InlineData("edge")]
    [InlineData("elsewhere")]
    public async Task says_what_OpenSSH_says(string host)
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/ssh"), "This compares with the OpenSSH client, which is not here.");
        var folder = Directory.CreateTempSubdirectory("trigger-ssh-g-").FullName;
        try
        {
            // OpenSSH splits blanks of a jump's user and wants one word for a user.
            var text = Sample.Replace("\"ann lee\"", "ann", StringComparison.Ordinal);
            var file = Path.Combine(folder, "config");
            File.WriteAllText(file, text);
            using var ssh = Process.Start(new ProcessStartInfo("/usr/bin/ssh", ["-G", "-F", file, host]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await HeardLine.Soon(ssh.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
            var theirs = output.Split('\n').Select(line => line.Split(' ', 2)).Where(words => words.Length == 2).ToLookup(words => words[0], words => words[1]);
            Assert.NotEmpty(theirs);

            var ours = SshConfig.Parse(text, file, Home).For(host);

            Assert.Equal(theirs["hostname"].Single(), ours.HostName);
            Assert.Equal(theirs["port"].Single(), (ours.Port ?? 22).ToString());
            if (ours.User is { } user)
                Assert.Equal(theirs["user"].Single(), user);

            Assert.Equal(theirs["proxyjump"].SingleOrDefault()?.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal),
                ours.Jumps.Count == 0 ? null : string.Join(',', ours.Jumps).Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal));
            Assert.Equal(theirs["serveraliveinterval"].Single(), (ours.KeepAlive?.Interval.TotalSeconds ?? 0).ToString());
            Assert.Equal(theirs["connecttimeout"].Single(), ours.ConnectTimeout?.TotalSeconds.ToString() ?? "none");
            Assert.Equal(theirs["bindaddress"].SingleOrDefault(), ours.BindAddress?.ToString());
            Assert.Equal(theirs["hostkeyalias"].SingleOrDefault(), ours.HostKeyAlias);
            if (ours.IdentityFiles.Count > 0)
                Assert.Equal(ours.IdentityFiles.Count, theirs["identityfile"].Count());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
