namespace Cairn;

internal static class Program
{
    private static int Main(string[] args)
    {
        using var interruption = new Interruption();
        return (int)Shell.Run(args, Composition.OfProcess(interruption.Stop));
    }
}
