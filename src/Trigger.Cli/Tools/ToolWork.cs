using Trigger.Devices;
using Trigger.Sessions;

namespace Trigger.Cli.Tools;

/// <summary>Devices that are to be sent the same.</summary>
internal sealed record ToolWork(IReadOnlyList<NetDevice> Devices, IReadOnlyList<string> Commands, SessionLanguage Language = SessionLanguage.CommandLine);
