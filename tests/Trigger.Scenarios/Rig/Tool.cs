using System.Diagnostics;

namespace Trigger.Scenarios.Rig;

/// <summary>Other people's programs that a test needs.</summary>
internal static class Tool
{
    /// <summary>Its standard output; a failure of the program is one of the test.</summary>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        using var running = new Running(new ProcessStartInfo(program, arguments), null);
        return (await running.End()).Exits(0).Out;
    }
}
