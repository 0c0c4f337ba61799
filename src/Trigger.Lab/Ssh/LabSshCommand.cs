namespace Trigger.Lab.Ssh;

internal readonly record struct LabSshCommand(
    LabSshConnection? Connection, LabSshCommandKind Kind, ReadOnlyMemory<byte> Bytes = default, int Status = 0);

internal enum LabSshCommandKind
{
    Write,
    Exit,
    Drop,

    /// <summary>For the loop itself.</summary>
    Stop,
}
