using Trigger.Cli.Output;

namespace Trigger.Tests.Cli;

internal static class Results
{
    public static ResultLine Of(string device = "r1", string command = "show clock", string output = "12:00\n", int step = 0) => new()
    {
        Run = "20260101-0000-abcd", Device = device, Platform = "cisco_ios", Step = step, Command = command, Verdict = "accepted", Output = output, ElapsedMicroseconds = 1234,
    };
}
