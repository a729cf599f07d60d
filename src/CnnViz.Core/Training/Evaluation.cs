using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Training;

/// <summary>How well a classifier does on pictures that it does not learn from.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Accuracy">The part put into the right class, in [0,1].</param>
/// <param name="BinaryAccuracy">The part of right yes-or-no answers, as <see cref="EpochResult.BinaryAccuracy"/> has it.</param>
internal sealed record Evaluation(double Loss, double Accuracy, double BinaryAccuracy)
{
    /// <summary>Runs all pictures through the network, as in inference.</summary>
    /// <param name="pass">The network with its weights.</param>
    /// <param name="batchSize">The pictures that are computed together.</param>
    /// <param name="data">The pictures.</param>
    /// <param name="prepare">Brings a batch into the form that the network takes.</param>
    /// <param name="measure">The mean loss of logits with given classes.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Evaluation Of(
        Interpreter pass, int batchSize, TrainingData data, Func<Tensor, Tensor> prepare, Func<Tensor, Tensor, Tensor> measure, CancellationToken cancellation)
    {
        using var gradMode = no_grad();
        using var order = arange(0, data.Count, 1, ScalarType.Int64);
        var (loss, correct, answers, classCount) = (0.0, 0L, 0L, 0L);
        for (var start = 0; start < data.Count; start += batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var count = Math.Min(batchSize, data.Count - start);
            var (inputs, classes) = data.Batch(order, start, count, cancellation);
            var logits = pass.Run(prepare(inputs)).flatten(1);
            classes = classes.to(logits.device);
            classCount = logits.shape[1];
            loss += measure(logits, classes).item<float>() * (double)count;
            correct += logits.argmax(1).eq(classes).sum().item<long>();
            var said = logits.softmax(1).gt(0.5).to(ScalarType.Int64);
            var right = said.gather(1, classes.unsqueeze(1)).sum().item<long>();
            // Of the yes answers, the right ones count once; every other yes, and every right class without one, is wrong.
            var wrong = said.sum().item<long>() - right + (count - right);
            answers += count * classCount - wrong;
        }
        return new Evaluation(loss / data.Count, (double)correct / data.Count, (double)answers / ((double)data.Count * classCount));
    }
}
