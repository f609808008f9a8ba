using System.Text;
using Cairn.Core.Expressions;
using Cairn.Core.Expressions.Native;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.Expressions;

public sealed class FoldedSearchTests
{
    [Fact]
    public void It_finds_what_a_search_in_the_lowered_text_finds()
    {
        // Few letters, so that first and last bytes often fit where the whole does not; both cases, and what differs from them in the case bit alone.
        string[] bits = ["a", "b", "A", "B", "ab", "aB", "@", "`", "[", "{", "k", "K", "\u212A", "i", "\u0130", " ", "é", "xxxxxxxxxxxxxxxx"];
        Gen<string> text = Gen.Choose(0, 60).SelectMany(n => Gen.Elements(bits).ListOf(n)).Select(string.Concat);
        Gen<string> sought = Gen.Choose(1, 20).SelectMany(n => Gen.Elements("a", "b", "k", "i", "@", "`", "[", " ").ListOf(n)).Select(string.Concat);
        Gen<string> prefix = Gen.Choose(1, 12).SelectMany(n => text.Select(t => new string([.. t.ToLowerInvariant().Where(char.IsAscii).Take(n)]))).Where(t => t.Length > 0);
        Prop.ForAll(text.ToArbitrary(), Gen.OneOf(sought, prefix).ToArbitrary(), (within, word) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(within);
            byte[] wanted = Encoding.UTF8.GetBytes(word);
            FoldedSearch search = Assert.NotNull(FoldedSearch.For(wanted));
            ReadOnlySpan<byte> lowered = LetterCase.Map(bytes, upper: false, new Scratch());
            if (search.Decides(bytes))
            {
                int found = search.IndexOf(bytes);
                Assert.Equal(lowered.IndexOf(wanted) >= 0, found >= 0);
                Assert.True(found < 0 || LetterCase.Map(bytes.AsSpan(0, found), upper: false, new Scratch()).Length == lowered.IndexOf(wanted));
            }
            else
            {
                Assert.True(search.IndexOf(bytes) < 0 || lowered.IndexOf(wanted) >= 0);
            }
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(5000));
    }

    [Fact]
    public void A_text_is_seen_to_be_in_lower_case_whatever_its_length()
    {
        for (int length = 1; length < 40; length++)
        {
            foreach (string odd in new[] { "a", "z", "A", "Z", "@", "[", "`", "{", "\u007F", "\0", "\u0080" })
            {
                for (int at = 0; at < length; at++)
                {
                    string text = new string('m', at) + odd + new string('m', length - at - 1);
                    Assert.Equal(odd is not ("A" or "Z" or "\u0080"), LetterCase.IsPlainLower(Encoding.UTF8.GetBytes(text)));
                }
            }
        }
    }

    [Theory]
    [InlineData("Barcode")]
    [InlineData("été")]
    [InlineData("")]
    public void Other_texts_are_sought_in_the_lowered_text_itself(string word) => Assert.Null(FoldedSearch.For(Encoding.UTF8.GetBytes(word)));
}
