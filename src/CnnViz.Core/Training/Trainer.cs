using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CnnViz.Networks;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Training;

/// <summary>
/// Trains a classifier as a run: a step is a batch, and what is kept when the run ends early is the last whole epoch.
/// The trainable parameters are views of one flat tensor, so that the optimiser works on all of them at once.
/// </summary>
public sealed class Trainer : Stepper
{
    private const int EvaluationBatch = 1000;

    private readonly Network _network;
    private readonly Preprocessing _preprocessing;
    private readonly TrainingData _train;
    private readonly TrainingData? _test;
    private readonly TrainingOptions _options;
    private readonly Generator _generator;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Interpreter _trainingPass;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _buffers;
    private readonly Tensor _flat;
    private readonly Adam _optimizer;
    private readonly List<EpochResult> _history = [];
    private readonly Stopwatch _clock = new();
    private Checkpoint? _lastEpoch;
    private Tensor? _order;
    private bool _released;
    private double _lossSum;
    private long _correct;
    private long _seen;

    /// <summary>Makes the network's random start.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="preprocessing">How pixels are normalised.</param>
    /// <param name="train">The training pictures; they stay the caller's.</param>
    /// <param name="test">The test pictures, evaluated after each epoch; they stay the caller's.</param>
    /// <param name="options">The settings.</param>
    public Trainer(Network network, Preprocessing preprocessing, TrainingData train, TrainingData? test, TrainingOptions options)
    {
        (_network, _preprocessing, _train, _test, _options) = (network, preprocessing, train, test, options);
        using var scope = NewDisposeScope();
        _generator = new Generator((ulong)options.Seed);
        _weights = CnnModel.InitialWeights(network, _generator);
        var trainable = network.Parameters.Where(parameter => parameter.Spec.IsTrainable).Select(parameter => parameter.Name).ToArray();
        _flat = cat(Array.ConvertAll(trainable, name => _weights[name].flatten())).DetachFromDisposeScope();
        var start = 0L;
        foreach (var name in trainable)
        {
            var own = _weights[name];
            _weights[name] = _flat.narrow(0, start, own.NumberOfElements).view(own.shape).DetachFromDisposeScope().requires_grad_();
            start += own.NumberOfElements;
            own.Dispose();
        }
        _parameters = Array.ConvertAll(trainable, name => _weights[name]);
        _buffers = [.. network.Parameters.Where(parameter => !parameter.Spec.IsTrainable).Select(parameter => _weights[parameter.Name])];
        _optimizer = new Adam(_flat);
        _trainingPass = new Interpreter(TrainingRewrite.Apply(network), _weights) { IsTraining = true, Generator = _generator };
    }

    /// <inheritdoc/>
    public override string Activity => $"Training {_network.Architecture}";

    /// <inheritdoc/>
    public override int StepCount => _options.Epoch * StepsPerEpoch;

    /// <inheritdoc/>
    public override string Status
    {
        get
        {
            var running = _seen == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", loss {_lossSum / _seen:0.0000}, accuracy {(double)_correct / _seen:0.00%}");
            var last = _history.Count == 0 || _history[^1].TestAccuracy is not { } accuracy ? "" : string.Create(CultureInfo.InvariantCulture, $", test {accuracy:0.00%}");
            return $"epoch {Math.Min(CompletedSteps / StepsPerEpoch + 1, _options.Epoch)} of {_options.Epoch}{running}{last}";
        }
    }

    /// <inheritdoc/>
    public override string Identity => $"training {_network.Architecture} of {_train.Count} pictures with {_options}";

    /// <inheritdoc/>
    public override bool IsCheckpointDue => CompletedSteps > 0 && CompletedSteps % StepsPerEpoch == 0;

    /// <summary>The epochs that are done.</summary>
    public IReadOnlyList<EpochResult> History => _history;

    private int StepsPerEpoch => (_train.Count + _options.BatchSize - 1) / _options.BatchSize;

    /// <inheritdoc/>
    public override void Step()
    {
        _clock.Start();
        var place = CompletedSteps % StepsPerEpoch;
        if (place == 0)
        {
            _order?.Dispose();
            _order = randperm(_train.Count, generator: _generator).DetachFromDisposeScope();
            (_lossSum, _correct, _seen) = (0, 0, 0);
        }
        var start = place * _options.BatchSize;
        var count = Math.Min(_options.BatchSize, _train.Count - start);
        var (pixels, classes) = _train.Batch(_order!, start, count);
        if (_options.Augmentation is { } augmentation)
            pixels = augmentation.Apply(pixels, _generator);
        Tensor logits;
        using (enable_grad())
        {
            logits = _trainingPass.Run(_preprocessing.Normalize(pixels));
            var loss = Loss(logits, classes);
            var gradients = autograd.grad([loss], _parameters);
            var gradient = cat(gradients.Select(part => part.flatten()).ToArray());
            _optimizer.Step(gradient, LearningRate);
            _lossSum += loss.item<float>() * count;
        }
        _correct += logits.argmax(1).eq(classes).sum().item<long>();
        _seen += count;
        CompletedSteps++;
        _clock.Stop();
        if (IsCheckpointDue)
            EndEpoch();
    }

    /// <inheritdoc/>
    public override void KeepBest()
    {
        if (_lastEpoch is not null)
            Restore(_lastEpoch);
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        checkpoint.Put("parameters", _flat);
        for (var i = 0; i < _buffers.Length; i++)
            checkpoint.Put($"buffer.{i}", _buffers[i]);
        _optimizer.Save(checkpoint);
        using (var state = _generator.get_state())
            checkpoint.Put("generator", state);
        checkpoint.Put("steps", CompletedSteps.ToString(CultureInfo.InvariantCulture));
        checkpoint.Put("history", JsonSerializer.Serialize(_history));
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        _flat.copy_(checkpoint.Tensor("parameters"));
        for (var i = 0; i < _buffers.Length; i++)
            _buffers[i].copy_(checkpoint.Tensor($"buffer.{i}"));
        _optimizer.Restore(checkpoint);
        _generator.set_state(checkpoint.Tensor("generator"));
        CompletedSteps = int.Parse(checkpoint.Text("steps"), CultureInfo.InvariantCulture);
        _history.Clear();
        _history.AddRange(JsonSerializer.Deserialize<List<EpochResult>>(checkpoint.Text("history"))!);
    }

    /// <summary>The trained model; it owns its weights from here on.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="labels">The names of the classes.</param>
    public CnnModel ToModel(string name, IReadOnlyList<string> labels)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        var weights = _weights.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone().DetachFromDisposeScope(), StringComparer.Ordinal);
        return new CnnModel(_network, weights) { Name = name, Labels = labels, Preprocessing = _preprocessing, History = [.. _history] };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_released || !disposing)
            return;
        _released = true;
        foreach (var tensor in _weights.Values)
            tensor.Dispose();
        _flat.Dispose();
        _order?.Dispose();
        _optimizer.Dispose();
        _generator.Dispose();
        _lastEpoch?.Dispose();
    }

    private double LearningRate => _options.LearningRate * _options.Schedule.Factor(CompletedSteps, StepCount);

    private Tensor Loss(Tensor logits, Tensor classes)
    {
        if (_options.RubbishDistance is { } distance)
            logits = cat([logits, full([logits.shape[0], 1], -distance, device: logits.device)], 1);
        return nn.functional.cross_entropy(logits, classes);
    }

    private void EndEpoch()
    {
        var (accuracy, binaryAccuracy) = _test is null ? (null, null) : Evaluate(_test);
        _history.Add(new EpochResult
        {
            Epoch = _history.Count + 1,
            Loss = _lossSum / _seen,
            TrainAccuracy = (double)_correct / _seen,
            TestAccuracy = accuracy,
            BinaryAccuracy = binaryAccuracy,
            LearningRate = LearningRate,
            Seconds = _clock.Elapsed.TotalSeconds,
        });
        _clock.Reset();
        _lastEpoch?.Dispose();
        _lastEpoch = new Checkpoint();
        Save(_lastEpoch);
    }

    private (double? Accuracy, double? BinaryAccuracy) Evaluate(TrainingData data)
    {
        using var gradMode = no_grad();
        var pass = new Interpreter(_network, _weights);
        using var order = arange(0, data.Count, 1, ScalarType.Int64);
        var (correct, answers) = (0L, 0L);
        for (var start = 0; start < data.Count; start += EvaluationBatch)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(EvaluationBatch, data.Count - start);
            var (pixels, classes) = data.Batch(order, start, count);
            var logits = pass.Run(_preprocessing.Normalize(pixels));
            correct += logits.argmax(1).eq(classes).sum().item<long>();
            var said = logits.softmax(1).gt(0.5).to(ScalarType.Int64);
            var right = said.gather(1, classes.unsqueeze(1)).sum().item<long>();
            // Of the yes answers, the right ones count once; every other yes, and every right class without one, is wrong.
            var wrong = said.sum().item<long>() - right + (count - right);
            answers += count * _network.ClassCount - wrong;
        }
        return ((double)correct / data.Count, (double)answers / ((double)data.Count * _network.ClassCount));
    }
}
