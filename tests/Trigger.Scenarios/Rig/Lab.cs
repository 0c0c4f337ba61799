using System.Runtime.Versioning;

[assembly: AssemblyFixture(typeof(Trigger.Scenarios.Rig.Lab))]
[assembly: SupportedOSPlatform("linux")]

namespace Trigger.Scenarios.Rig;

/// <summary>The real devices that <c>tests/lab.sh</c> has started, and which of its routers are still nobody's.</summary>
public sealed class Lab
{
    public const string Password = "labpass";
    public const string RouterPassword = "vtypass";
    public const string EnablePassword = "enpass";
    public const string KeyPassphrase = "keypass";
    public const string Shell = "trgunix";
    public const string Vtysh = "trgnet";
    public const int Ssh = 22322;
    public const int LegacySsh = 22324;
    public const int KeyboardInteractive = 22325;
    public const int CrowdSsh = 22326;
    public const int NoShellSsh = 22327;
    public const int TwoFactorSsh = 22328;
    public const int Dropbear = 22329;
    public const int Telnet = 22023;
    public const int Vty = 2616;

    private const int Routers = 200;

    // The first router is the one behind vtysh.
    private int taken = 1;

    public string? Folder { get; } = Environment.GetEnvironmentVariable("TRIGGER_LAB") is { Length: > 0 } folder ? folder : null;

    /// <summary>An operator's desk for one test; the test is skipped where there are no devices.</summary>
    public Desk Desk(params string[] secrets)
    {
        Assert.SkipWhen(Folder is null, "These scenarios need real devices: run ./test.sh, which starts them and sets TRIGGER_LAB.");
        return new Desk(this, [Password, RouterPassword, EnablePassword, KeyPassphrase, .. secrets]);
    }

    /// <summary>Numbers of routers that no other test uses: a VTY lets only three wait at its door.</summary>
    public int[] Take(int count)
    {
        var last = Interlocked.Add(ref taken, count);
        Assert.True(last <= Routers, "The lab has too few routers for all tests.");
        return [.. Enumerable.Range(last - count + 1, count)];
    }

    public string File(string name) => Path.Combine(Folder!, name);
}
