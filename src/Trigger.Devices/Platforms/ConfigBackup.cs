using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>How a configuration is taken off a device and made fit to be kept.</summary>
/// <param name="Commands">Print it, one after the other; all of them read. Empty where nobody wrote down how.</param>
/// <param name="Volatile">Lines that differ each time although nothing was changed; null for none.</param>
/// <param name="Secrets">Finds, in a line, what nobody but the device needs: the group <c>secret</c>. Null for none.</param>
/// <param name="Ends">The last line of a whole configuration; null where it has no such line.</param>
public sealed record ConfigBackup(IReadOnlyList<string> Commands, Regex? Volatile, Regex? Secrets, Regex? Ends);
