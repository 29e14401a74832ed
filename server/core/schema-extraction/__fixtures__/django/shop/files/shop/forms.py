from django import forms


class ProductForm(forms.ModelForm):
    title = forms.CharField(max_length=10)
