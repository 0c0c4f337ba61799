namespace Trigger.Node;

/// <summary>A step that waits at a device's question for a person.</summary>
/// <param name="Until">Then it is taken back.</param>
/// <param name="Secret">Whether the device asks for a password or the like, which no answer through the database may carry.</param>
public sealed record ParkedStep(string Run, string Device, int Step, string Command, string Question, DateTimeOffset Until, bool Secret);
