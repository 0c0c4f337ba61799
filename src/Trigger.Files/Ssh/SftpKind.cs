namespace Trigger.Files.Ssh;

/// <summary>The numbers of version 3 (draft-ietf-secsh-filexfer-02 §3).</summary>
internal enum SftpKind : byte
{
    Init = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    LStat = 7,
    FStat = 8,
    SetStat = 9,
    FSetStat = 10,
    OpenDir = 11,
    ReadDir = 12,
    RealPath = 16,
    Stat = 17,
    Status = 101,
    Handle = 102,
    Data = 103,
    Name = 104,
    Attributes = 105,
}
