namespace Trigger.Files.Tftp;

/// <summary>RFC 1350's numbers, and RFC 2347's eighth.</summary>
internal enum TftpError
{
    Undefined,
    NotFound,
    AccessViolation,
    DiskFull,
    IllegalOperation,
    UnknownTransfer,
    Exists,
    NoSuchUser,
    BadOption,
}
