namespace Trigger.Cli.Shell;

/// <summary>A link by the name of an old tool is that tool: <c>gong core1</c> is <c>trigger gong core1</c>.</summary>
internal static class CalledAs
{
    private static readonly string[] Tools = ["gong", "netdev", "gnng", "run_cmds", "load_config", "aclconv", "check_access", "check_syntax", "find_access", "optimizer", "acl_script", "fe", "load_acl", "pbm"];

    // Our own verb "acl" is about their text; the tool was about which devices have them.
    private static readonly string[] AclTool = ["device", "acl", "tool"];

    /// <summary>The names of all links that there may be.</summary>
    public static IEnumerable<string> Names => Tools.Append("acl");

    public static string[] Verb(string[] args) => Verb(Name(), args);

    /// <param name="name">The path by which the process was started, as its parent wrote it.</param>
    public static string[] Verb(string name, string[] args) => Path.GetFileName(name) switch
    {
        "acl" => [.. AclTool, .. args],
        var tool when Tools.Contains(tool) => [tool, .. args],
        _ => args,
    };

    // The runtime resolves links before it tells us; the kernel has kept what was typed.
    private static string Name()
    {
        try
        {
            return File.ReadAllText("/proc/self/cmdline").Split('\0')[0];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Environment.GetCommandLineArgs()[0];
        }
    }
}
