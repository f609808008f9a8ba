using Cairn.Adapters.Files;
using Cairn.Core;

namespace Cairn.Adapters.Archives;

/// <summary>A zip member's content, which ends only when its length and CRC-32 are those of the directory.</summary>
internal sealed class VerifiedStream(Stream content, string archive, string member, long size, uint crc) : ForwardStream
{
    private Crc32 _crc;
    private long _done;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        int read;
        try
        {
            read = content.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(Damaged("its content cannot be decompressed").Problems[0], e);
        }

        _crc.Add(buffer[..read]);
        _done += read;
        if (_done > size)
        {
            throw Damaged($"it holds more than the {size:N0} bytes the directory gives it");
        }

        if (read == 0 && _done < size)
        {
            throw Damaged($"it ends after {_done:N0} of {size:N0} bytes");
        }

        if (read == 0 && _crc.Value != crc)
        {
            throw Damaged("its content does not have the checksum the archive gives");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private ProblemException Damaged(string what) =>
        new(new Problem("archive/damaged", ProblemKind.Refused, $"{archive}: the member {MemberName.Shown(member)} is damaged: {what}", new FilePlace(archive), "fetch or copy the archive again"));
}
