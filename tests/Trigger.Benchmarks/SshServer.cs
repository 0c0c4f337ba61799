using System.Diagnostics;

namespace Trigger.Benchmarks;

/// <summary>An OpenSSH server of our own on loopback, with a key that lets us in. Needs root, as sshd does.</summary>
internal sealed class SshServer : IDisposable
{
    public const int Port = 22390;

    private readonly string folder = Directory.CreateTempSubdirectory("trigger-bench-sshd-").FullName;
    private readonly Process server;

    public SshServer()
    {
        Directory.CreateDirectory("/run/sshd");
        foreach (var name in new[] { "host", "user" })
            Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, name));

        File.WriteAllText(Path.Combine(folder, "config"), $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {folder}/host
            AuthorizedKeysFile {folder}/user.pub
            PermitRootLogin yes
            StrictModes no
            UsePAM no
            UseDNS no
            MaxStartups 5000
            PidFile none
            # A deep shell does not read the user's files: what they do is not to be measured.
            SetEnv SHLVL=5
            """);
        server = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-f", Path.Combine(folder, "config"), "-E", Path.Combine(folder, "log")]))!;
        while (!File.Exists(Path.Combine(folder, "log")) || !File.ReadAllText(Path.Combine(folder, "log")).Contains("listening", StringComparison.Ordinal))
            Thread.Yield();
    }

    public string Key => Path.Combine(folder, "user");

    /// <summary>The OpenSSH client and what it is to run; none of the user's files count.</summary>
    public ProcessStartInfo Client(string command) => new(
        "/usr/bin/ssh", ["-F", "none", "-i", Key, "-p", $"{Port}", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-n", "root@127.0.0.1", command]);

    public void Dispose()
    {
        server.Kill();
        server.WaitForExit();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var run = Process.Start(program, arguments);
        run.WaitForExit();
    }
}
