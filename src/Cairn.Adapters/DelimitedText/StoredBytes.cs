using System.Security.Cryptography;
using Cairn.Adapters.Deflate;
using Cairn.Adapters.Files;
using Cairn.Core;

namespace Cairn.Adapters.DelimitedText;

/// <summary>
/// Reads a file's bytes as stored, in pieces, and hashes them beside the reader on a thread of its own (without a hash, no thread).
/// </summary>
internal sealed class StoredBytes : IDisposable
{
    private const int Piece = 256 << 10;
    private const int Pieces = 6;
    private const int Around = IDeflateInput.Around;

    private readonly string name;
    private readonly Stream stream;
    private readonly byte[][] buffers;
    private readonly int[] lengths;
    private readonly CancellationTokenSource ending;
    private readonly SemaphoreSlim? free;
    private readonly SemaphoreSlim? filled;
    private readonly Thread? hasher;
    private readonly IncrementalHash? hash;
    private long taken;
    private bool ended;
    private Exception? fault;

    /// <summary>Opens the file. Throws <see cref="ProblemException"/> when the system does not let it be read, here and later.</summary>
    public StoredBytes(DelimitedFile file, bool hashed, CancellationToken stop)
    {
        name = file.Name;
        stream = Reading(file.Open);
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        buffers = new byte[hashed ? Pieces : 1][];
        lengths = new int[buffers.Length];
        if (!hashed)
        {
            return;
        }

        hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        free = new SemaphoreSlim(Pieces);
        filled = new SemaphoreSlim(0);
        hasher = new Thread(HashPieces) { IsBackground = true, Name = "hash" };
        hasher.Start();
    }

    /// <summary>Bytes read so far.</summary>
    public long Done { get; private set; }

    /// <summary>The next piece, valid until the next call; empty at the end. It lies in a pinned array, with room around it as decompression needs.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        if (ended)
        {
            return default;
        }

        free?.Wait(ending.Token);
        if (fault is not null)
        {
            throw fault;
        }

        int at = (int)(taken++ % buffers.Length);
        byte[] buffer = buffers[at] ??= GC.AllocateUninitializedArray<byte>(Around + Piece + Around, pinned: true);
        int length = 0;
        while (length < Piece)
        {
            int read = Reading(() => stream.Read(buffer, Around + length, Piece - length));
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        ended = length == 0;
        Done += length;
        lengths[at] = length;
        filled?.Release();
        return buffer.AsMemory(Around, length);
    }

    /// <summary>The hash of all bytes; call after the end was met.</summary>
    public string Sha256()
    {
        hasher!.Join();
        return fault is null ? Convert.ToHexStringLower(hash!.GetHashAndReset()) : throw fault;
    }

    public void Dispose()
    {
        stream.Dispose();
        ending.Cancel();
        if (hasher is not null)
        {
            hasher.Join();
            hash!.Dispose();
            free!.Dispose();
            filled!.Dispose();
        }

        ending.Dispose();
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Reading(name, e), e);
        }
    }

    private void HashPieces()
    {
        try
        {
            for (long piece = 0; ; piece++)
            {
                filled!.Wait(ending.Token);
                int at = (int)(piece % Pieces);
                if (lengths[at] == 0)
                {
                    return;
                }

                hash!.AppendData(buffers[at], Around, lengths[at]);
                free!.Release();
            }
        }
        catch (Exception e)
        {
            fault = e;
            free!.Release();
        }
    }
}
